package io.everstate.backup.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.ProtectionView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtectionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration LIMIT = Duration.ofMinutes(100);

    private final Protection protection = new Protection(LIMIT);

    private State judge(State before, Duration age) {
        return protection.judge(before, Optional.of(NOW.minus(age)), NOW);
    }

    @Test
    void isOldOnlyBeyondTheLimit() {
        assertThat(judge(State.OK, LIMIT)).isEqualTo(State.OK);
        assertThat(judge(State.OK, LIMIT.plusSeconds(1))).isEqualTo(State.OLD);
    }

    /** One that takes nearly as long as it may get old would else be told of twice each time. */
    @Test
    void staysOldUntilABackupIsClearlyYounger() {
        assertThat(judge(State.OLD, LIMIT.minusMinutes(1))).isEqualTo(State.OLD);
        assertThat(judge(State.OLD, Duration.ofMinutes(90))).isEqualTo(State.OK);
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(protection.judge(State.OK, Optional.empty(), NOW)).isEqualTo(State.NONE);
    }

    @Test
    void givesAWorkspaceTimeForItsFirst() {
        assertThat(protection.tooLongWithout(NOW.minus(LIMIT), NOW)).isFalse();
        assertThat(protection.tooLongWithout(NOW.minus(LIMIT).minusSeconds(1), NOW))
                .isTrue();
    }

    @Test
    void judgesNothingWithoutALimit() {
        var without = new Protection(null);

        assertThat(without.judge(State.OK, Optional.of(Instant.EPOCH), NOW)).isEqualTo(State.OK);
        assertThat(without.tooLongWithout(Instant.EPOCH, NOW)).isFalse();
    }
}
