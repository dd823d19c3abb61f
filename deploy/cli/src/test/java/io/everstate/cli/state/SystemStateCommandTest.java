package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.state.SystemStateCommand.Answer;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.ConfigurationView;
import io.everstate.contracts.view.SystemStateView;
import io.everstate.contracts.view.SystemStateView.SnapshotMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF7")
class SystemStateCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID SNAPSHOT = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");

    private static SystemStateView system(boolean started) {
        return new SystemStateView(
                NOON.plusMillis(5),
                "0.1.0",
                started ? NOON.minusSeconds(3700) : null,
                started ? Duration.ofSeconds(3700) : null,
                3,
                5,
                3,
                started ? Map.of("RUNNING", 3L) : Map.of(),
                started ? Map.of("TRADING", 5L) : Map.of(),
                true,
                0,
                1841,
                Amount.of("12.75"),
                1,
                started ? new SnapshotMark(SNAPSHOT, "FULL", NOON, false) : null,
                started ? 0 : -1);
    }

    @Test
    void tellsWhatTheSystemIs() {
        var bot = new ConfigurationView(
                BotId.of("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a56"), "first", "RUNNING", 2, "0123456789abcdef");

        assertThat(SystemStateCommand.sheet(new Answer(system(true), List.of(bot))))
                .isEqualTo("""
                SYSTEM STATE           2026-11-22T12:00:00Z
                version                0.1.0
                system start time      2026-11-22T10:58:20Z
                uptime                 1 h 1 min 40 s
                server restarts        3
                registered bots        5 (RUNNING 3)
                kinds                  (TRADING 5)
                in emergency stop      0
                default arbitrage bot  yes
                trades                 1841
                total profit           12.75
                newest snapshot        FULL 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55 at 2026-11-22T12:00:00Z, NOT VALID
                not folded yet         0 records

                BOT                                   NAME   STATUS   CONFIGURATION  HASH
                0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a56  first  RUNNING  version 2      0123456789ab""");
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(SystemStateCommand.sheet(new Answer(system(false), List.of())))
                .contains(
                        "system start time      -\n",
                        "uptime                 -\n",
                        "newest snapshot        none\n",
                        "unknown, the log does not answer")
                .endsWith("There are no bots yet.");
    }
}
