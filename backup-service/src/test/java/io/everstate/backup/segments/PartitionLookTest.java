package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.segments.EventTopic.Bounds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PartitionLookTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void nothingWaitsInAPartitionThatIsArchivedToItsEnd() {
        var look = PartitionLook.first(new Bounds(0, 10), 10, NOON);

        assertThat(look.waiting()).isZero();
        assertThat(look.waitingSeconds(NOON.plusSeconds(60))).isZero();
        assertThat(look.late(10, NOON.plusSeconds(60), LIMIT)).isFalse();
    }

    @Test
    void whatWaitsDoesSoSinceItWasSeenFirstHoweverMuchComesBehindIt() {
        var look = PartitionLook.first(new Bounds(0, 10), 4, NOON).again(new Bounds(0, 90), 9, NOON.plusSeconds(31));

        assertThat(look.waiting()).isEqualTo(81);
        assertThat(look.waitingSeconds(NOON.plusSeconds(31))).isEqualTo(31);
        assertThat(look.late(9, NOON.plusSeconds(31), LIMIT)).isTrue();
    }

    @Test
    void countsAnewWhenWhatWasSeenIsArchived() {
        var look = PartitionLook.first(new Bounds(0, 10), 4, NOON).again(new Bounds(0, 90), 10, NOON.plusSeconds(31));

        assertThat(look.waiting()).isEqualTo(80);
        assertThat(look.waitingSeconds(NOON.plusSeconds(31))).isZero();
        assertThat(look.late(10, NOON.plusSeconds(32), LIMIT)).isFalse();
    }

    @Test
    void keepsTheFailureUntilItIsTakenAway() {
        var look = PartitionLook.first(new Bounds(0, 10), 4, NOON).with("away").again(new Bounds(0, 10), 4, NOON);

        assertThat(look.failure()).isEqualTo("away");
        assertThat(look.with(null).failure()).isNull();
    }
}
