package io.everstate.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FullDueTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant TAKEN = START.plus(Duration.ofHours(1));
    private static final Instant DUE = TAKEN.plus(Duration.ofHours(6));

    private final ScheduleConfiguration configuration = Defaults.of(ScheduleConfiguration.class, Map.of());

    @Test
    void isDueSixHoursAfterTheNewest() {
        assertThat(due(Optional.of(TAKEN), Optional.of(TAKEN))).isEqualTo(DUE);
    }

    /** A service that is started anew more often than the interval must not go without for ever. */
    @Test
    void isDueAtOnceWhenThereIsNone() {
        assertThat(due(Optional.empty(), Optional.empty())).isEqualTo(START);
    }

    @Test
    void isTriedAgainMinutesAfterTheFirstFailed() {
        var failed = START.plus(Duration.ofSeconds(1));

        assertThat(due(Optional.empty(), Optional.of(failed))).isEqualTo(failed.plus(Duration.ofMinutes(5)));
    }

    @Test
    void isDueAtOnceAfterAStartLongAfterTheLastFailed() {
        var failed = START.minus(Duration.ofHours(1));

        assertThat(due(Optional.empty(), Optional.of(failed))).isEqualTo(START);
    }

    /** Its files may be laid out a moment later, and the next would be taken six hours after. */
    @Test
    void isNotDueAtOnceInAnEmptyWorkspace() {
        assertThat(FullDue.first(configuration, START, false)).isEqualTo(START.plus(Duration.ofHours(6)));
    }

    /** A minute without storage at the due time must not cost a whole interval. */
    @Test
    @Tag("EC9")
    void isTriedAgainMinutesAfterItFailed() {
        assertThat(due(Optional.of(TAKEN), Optional.of(DUE))).isEqualTo(DUE.plus(Duration.ofMinutes(5)));
    }

    @Test
    void isNotTriedEarlierBecauseAnotherFailed() {
        var failed = TAKEN.plus(Duration.ofHours(1));

        assertThat(due(Optional.of(TAKEN), Optional.of(failed))).isEqualTo(DUE);
    }

    @Test
    void isDueAfterItsOwnIntervalWhereItHasOne() {
        var every = Duration.ofMinutes(5);

        assertThat(FullDue.at(configuration, every, START, Optional.of(TAKEN), Optional.of(TAKEN)))
                .isEqualTo(TAKEN.plus(every));
    }

    private Instant due(Optional<Instant> promising, Optional<Instant> newest) {
        return FullDue.at(configuration, FullDue.first(configuration, START, true), promising, newest);
    }
}
