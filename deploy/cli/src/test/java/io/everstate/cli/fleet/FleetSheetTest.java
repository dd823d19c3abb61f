package io.everstate.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.view.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FleetSheetTest {

    private static final BotState ONE = bot(1);
    private static final BotState OTHER = bot(2);
    private static final Page<BotState> PAGE = new Page<>(
            List.of(ONE, OTHER),
            null,
            null,
            Map.of(ONE.id().toString(), new Parking("io.everstate.bot.bot-cloned.v2", "unknown", 7, 9)));

    @Test
    void marksABotThatIsNotFollowedAnyMore() {
        List<String> lines = FleetSheet.of(PAGE).lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.contains("PARKED, was STOPPED"))
                .singleElement()
                .asString()
                .contains(ONE.id().toString());
    }

    @Test
    void tellsProgramsByWhichRecord() {
        var items = FleetSheet.json(PAGE);

        assertThat(items.getFirst().at("/parked/type").asText()).isEqualTo("io.everstate.bot.bot-cloned.v2");
        assertThat(items.getFirst().at("/parked/offset").asLong()).isEqualTo(7);
        assertThat(items.getLast().has("parked")).isFalse();
        assertThat(items.getLast()).isEqualTo(Json.MAPPER.valueToTree(OTHER));
    }

    @Test
    void showsOneOfWhichNothingIsKnownButThatItIsParked() {
        String unseen = "01890000-0000-7000-8000-000000000003";
        Page<BotState> page =
                new Page<>(List.of(ONE), null, null, Map.of(unseen, new Parking("a type", "unknown", 3, 1)));

        assertThat(FleetSheet.of(page).lines())
                .filteredOn(line -> line.contains("PARKED at its first record"))
                .singleElement()
                .asString()
                .startsWith(unseen);
        assertThat(FleetSheet.json(page).getLast().at("/id").asText()).isEqualTo(unseen);
        assertThat(FleetSheet.json(page).getLast().at("/parked/why").asText()).isEqualTo("unknown");
    }

    private static BotState bot(int number) {
        BotConfiguration configuration = new BotConfiguration(
                "bot " + number,
                "sma-cross",
                List.of("BTC/USD"),
                Amount.of(1000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
        BotId id = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
        Transition created =
                Transition.of(id, null, new BotCreated(BotKind.TRADING, configuration), 1, Instant.EPOCH, null);
        return ((Transition.Accepted) created).state();
    }
}
