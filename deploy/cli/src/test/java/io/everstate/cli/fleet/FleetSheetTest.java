package io.everstate.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.view.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetSheetTest {

    private static final BotState ONE = SampleBots.stopped(1);
    private static final BotState OTHER = SampleBots.stopped(2);
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
    void saysBelowTheTableByWhichRecord() {
        assertThat(FleetSheet.of(PAGE).lines())
                .endsWith(
                        "",
                        "Bot " + ONE.id() + " is parked: the record at offset 7 of its partition,"
                                + " io.everstate.bot.bot-cloned.v2, is not understood: unknown");
        assertThat(FleetSheet.of(new Page<>(List.of(ONE, OTHER), null)).lines()).hasSize(3);
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
        assertThat(FleetSheet.of(page)).contains("Bot " + unseen + " is parked: the record at offset 3");
        assertThat(FleetSheet.json(page).getLast().at("/id").asText()).isEqualTo(unseen);
        assertThat(FleetSheet.json(page).getLast().at("/parked/why").asText()).isEqualTo("unknown");
    }
}
