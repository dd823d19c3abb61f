package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.ExitCode;
import io.everstate.cli.state.HealthCommand.Answer;
import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView;
import io.everstate.contracts.view.HealthView.Bots;
import io.everstate.contracts.view.HealthView.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("EC11")
class HealthCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static HealthView health(int percent, @Nullable Bots bots) {
        var away = "backup-service does not answer";
        return new HealthView(
                NOON.plusMillis(5),
                percent,
                List.of(away),
                bots,
                List.of(
                        new ComponentView(
                                "SERVICE", "backup-service", "backup-service", 0, away, null, null, null, 4, NOON),
                        new ComponentView(
                                "SERVICE",
                                "state-service folding",
                                "state-service",
                                100,
                                null,
                                NOON,
                                Duration.ofSeconds(3),
                                7L,
                                0,
                                NOON)),
                Due.at("INCREMENTAL", NOON.plusSeconds(90), NOON),
                Due.unknown("backup-service does not answer"));
    }

    @Test
    void showsEachPartAndWhatComesNext() {
        var bot = new ComponentView(
                "BOT", "0199f2a4", "first", 25, "it is in emergency stop", NOON, Duration.ofMinutes(2), 0L, 0, NOON);

        assertThat(HealthCommand.sheet(new Answer(health(50, new Bots(3, 75, 1)), List.of(bot))))
                .isEqualTo("""
                Health: 50 % at 2026-11-22T12:00:00Z
                  backup-service does not answer
                Next snapshot: INCREMENTAL in 1 min 30 s
                Next backup: not known, backup-service does not answer

                COMPONENT              SCORE  ANSWERED  LAG  FAILED  REASON
                backup-service             0  -           -       4  backup-service does not answer
                state-service folding    100  3 s ago     7       0

                Bots: 3, score 75 on average, 1 below 50.

                BOT       NAME   SCORE  ACTIVE         FINDINGS  REASON
                0199f2a4  first     25  2 min 0 s ago         0  it is in emergency stop""");
    }

    @Test
    void saysThatNothingIsKnownOfTheBots() {
        assertThat(HealthCommand.sheet(new Answer(health(0, null), List.of())))
                .endsWith("Of the bots nothing is known, for the database does not answer.");
    }

    @Test
    void endsWithOneBelowWhatCountsAsWell() {
        assertThat(HealthCommand.exitCode(health(75, null), 75)).isEqualTo(ExitCode.OK);
        assertThat(HealthCommand.exitCode(health(74, null), 75)).isEqualTo(ExitCode.FAILED);
    }
}
