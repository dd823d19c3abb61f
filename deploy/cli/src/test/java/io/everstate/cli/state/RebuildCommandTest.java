package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.RebuildDifferenceView;
import io.everstate.contracts.view.RebuildView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebuildCommandTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final Instant AT = Instant.parse("2026-11-22T14:00:00.123Z");

    private static RebuildView rebuild(
            String status, @Nullable Long differences, RebuildView.@Nullable Progress progress) {
        return new RebuildView(ID, status, "a test", "olivia", AT, AT, differences, null, null, progress);
    }

    @Test
    void saysHowFarItIs() {
        var folding = rebuild("FOLDING", null, new RebuildView.Progress(250, 1000, 25, 10, Duration.ofSeconds(75)));

        assertThat(RebuildCommand.sheet(new RebuildCommand.Answer(folding, List.of())))
                .isEqualTo("rebuild " + ID + " is FOLDING: 25 % of 1000 records, 1 min 15 s left");
    }

    @Test
    void listsTheBotsThatDiffer() {
        var bot = BotId.of("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a56");
        var difference = new RebuildDifferenceView(bot, 3, "state, number of trades", 41L, 42L, 7, 8);

        assertThat(RebuildCommand.sheet(new RebuildCommand.Answer(rebuild("COMPARED", 1L, null), List.of(difference))))
                .isEqualTo("""
                rebuild %s is COMPARED
                1 bots differ.

                BOT                                   PARTITION  DIFFERS IN               SEQUENCE  REBUILT  TRADES  REBUILT
                0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a56          3  state, number of trades        41       42       7        8""".formatted(ID));
    }

    @Test
    void isATableOfTheNewestOnes() {
        assertThat(RebuildCommand.sheet(List.of(rebuild("SWITCHED", 0L, null)))).isEqualTo("""
                REBUILD                               STATUS    SINCE                 DIFFERENCES  REASON
                0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55  SWITCHED  2026-11-22T14:00:00Z            0  a test""");
        assertThat(RebuildCommand.sheet(List.of())).isEqualTo("There was no rebuild yet.");
    }
}
