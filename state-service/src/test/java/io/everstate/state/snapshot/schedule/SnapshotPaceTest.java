package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.snapshot.schedule.SnapshotPace.Recorded;
import io.everstate.state.snapshot.store.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPaceTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GAP = Duration.ofMinutes(1);
    private static final SnapshotPace PACE = new SnapshotPace(Duration.ofHours(1), Duration.ofMinutes(5), GAP);

    /** Looks every second, and takes what is due. */
    private static final class Clockwork {
        private final List<SnapshotKind> kinds = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private @Nullable Instant newest;
        private @Nullable Instant newestFull;
        private Instant now = BEGIN;

        void look(boolean significant) {
            PACE.due(new Recorded(BEGIN, newest, newestFull), significant, now).ifPresent(this::take);
            now = now.plusSeconds(1);
        }

        private void take(SnapshotKind kind) {
            // without a base an INCREMENTAL one becomes a FULL one
            var taken = newestFull == null ? SnapshotKind.FULL : kind;
            kinds.add(taken);
            times.add(now);
            newest = now;
            newestFull = taken == SnapshotKind.FULL ? now : newestFull;
        }

        void run(Duration time) {
            for (var end = now.plus(time); now.isBefore(end); ) {
                look(false);
            }
        }
    }

    @Test
    @Tag("EC1")
    void anHourHasAFullOneAndElevenBetween() {
        var clockwork = new Clockwork();
        clockwork.run(Duration.ofMinutes(6));
        clockwork.kinds.clear();

        clockwork.run(Duration.ofHours(1));

        assertThat(clockwork.kinds).hasSize(12).containsOnlyOnce(SnapshotKind.FULL);
    }

    @Test
    void afterAPauseOneIsDueAndNotOneForEachThatWasMissed() {
        var clockwork = new Clockwork();
        clockwork.run(Duration.ofMinutes(12));
        clockwork.kinds.clear();

        clockwork.now = clockwork.now.plus(Duration.ofMinutes(10));
        clockwork.run(Duration.ofMinutes(4));

        assertThat(clockwork.kinds).containsExactly(SnapshotKind.INCREMENTAL);
    }

    @Test
    void afterALongPauseTheOneThatIsDueIsFull() {
        var clockwork = new Clockwork();
        clockwork.run(Duration.ofMinutes(12));
        clockwork.kinds.clear();

        clockwork.now = clockwork.now.plus(Duration.ofHours(30));
        clockwork.run(Duration.ofMinutes(4));

        assertThat(clockwork.kinds).containsExactly(SnapshotKind.FULL);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverLessThanTheGapLiesBetweenTwo(long seed) {
        var random = new Random(seed);
        var clockwork = new Clockwork();

        for (int second = 0; second < 10_000; second++) {
            clockwork.look(random.nextInt(3) == 0);
        }

        for (int i = 1; i < clockwork.times.size(); i++) {
            assertThat(Duration.between(clockwork.times.get(i - 1), clockwork.times.get(i)))
                    .isGreaterThanOrEqualTo(GAP);
        }
        assertThat(clockwork.times).hasSizeGreaterThan(100);
    }

    @Test
    void whatIsSignificantWaitsForTheGapAndNotForTheInterval() {
        var recorded = new Recorded(BEGIN, BEGIN, BEGIN);

        assertThat(PACE.due(recorded, true, BEGIN.plus(GAP).minusMillis(1))).isEmpty();
        assertThat(PACE.due(recorded, true, BEGIN.plus(GAP))).contains(SnapshotKind.INCREMENTAL);
        assertThat(PACE.due(recorded, false, BEGIN.plus(GAP))).isEmpty();
    }

    @Test
    void aClockThatWasSetBackDoesNotStopThem() {
        var newest = BEGIN.plus(Duration.ofDays(3));

        assertThat(PACE.due(new Recorded(BEGIN, newest, newest), false, BEGIN))
                .isEqualTo(Optional.of(SnapshotKind.FULL));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Tag("EC11")
    void whatIsSaidToComeNextComesThen(long seed) {
        var random = new Random(seed);
        var clockwork = new Clockwork();
        for (int look = 0; look < 100; look++) {
            clockwork.run(Duration.ofSeconds(random.nextInt(600)));
            var said = PACE.next(new Recorded(BEGIN, clockwork.newest, clockwork.newestFull), clockwork.now);
            var before = clockwork.kinds.size();
            while (clockwork.kinds.size() == before) {
                clockwork.look(false);
            }

            assertThat(clockwork.times.getLast()).isEqualTo(said.at());
            assertThat(clockwork.kinds.getLast()).isEqualTo(said.kind());
        }
    }
}
