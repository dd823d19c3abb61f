package io.everstate.state.snapshot.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.snapshot.store.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionPlanTest {
    private static final Duration MAX_AGE = Duration.ofDays(7);
    private static final int AT_LEAST = 5;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** A history with chains, damage, holes and a clock that jumps. */
    private record History(List<Recorded> recorded, Instant now) {
        static History of(long seed) {
            var random = new Random(seed);
            var recorded = new ArrayList<Recorded>();
            var at = BEGIN;
            @Nullable UUID newest = null;
            for (long key = 1; key <= 20 + random.nextInt(200); key++) {
                at = at.plus(Duration.ofMinutes(random.nextInt(600) - (random.nextInt(30) == 0 ? 9_000 : 0)));
                var full = newest == null || random.nextInt(6) == 0;
                var id = new UUID(random.nextLong(), random.nextLong());
                recorded.add(new Recorded(
                        key,
                        id,
                        full ? SnapshotKind.FULL : SnapshotKind.INCREMENTAL,
                        at,
                        random.nextInt(5) > 0,
                        full ? null : newest));
                newest = id;
            }
            return new History(recorded, at.plus(Duration.ofHours(random.nextInt(1_000))));
        }

        RetentionPlan plan() {
            return RetentionPlan.of(recorded, MAX_AGE, AT_LEAST, now);
        }

        List<Recorded> left() {
            var deleted = Set.copyOf(plan().deletions());
            return recorded.stream()
                    .filter(snapshot -> !deleted.contains(snapshot.id()))
                    .toList();
        }

        Optional<Recorded> newestValidFull() {
            return valid(SnapshotKind.FULL).findFirst();
        }

        Stream<Recorded> valid(SnapshotKind kind) {
            return recorded.stream()
                    .filter(snapshot -> snapshot.valid() && snapshot.kind() == kind)
                    .sorted(Comparator.comparingLong(Recorded::key).reversed());
        }
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("EC12")
    void neverDeletesTheLastValidFullOne(int seed) {
        var history = History.of(seed);

        assertThat(history.left())
                .containsAll(history.newestValidFull().stream().toList());
    }

    /** That rule alone: where no number of each kind is kept, which would keep it too. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("EC12")
    void neverDeletesTheLastValidFullOneWhateverElseIsKept(int seed) {
        var history = History.of(seed);

        var plan = RetentionPlan.of(history.recorded(), Duration.ZERO, 0, history.now());

        assertThat(plan.deletions())
                .doesNotContainAnyElementsOf(
                        history.newestValidFull().map(Recorded::id).stream().toList());
    }

    /** The other rule alone: it keeps it also where no rule says so of the newest FULL one. */
    @Test
    @Tag("EC12")
    void keepsTheNewestValidOnesOfEachKindForThatReason() {
        var recorded = List.of(
                full(1, BEGIN, true), full(2, BEGIN, true), full(3, BEGIN.plus(MAX_AGE.multipliedBy(2)), false));

        var plan = RetentionPlan.of(recorded, MAX_AGE, 2, BEGIN.plus(MAX_AGE.multipliedBy(2)));

        assertThat(plan.decisions())
                .filteredOn(decision ->
                        decision.snapshot().equals(recorded.getFirst().id()))
                .extracting(RetentionPlan.Decision::why)
                .containsExactly("one of the newest 2 valid FULL");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("EC12")
    void neverDeletesABaseOfWhatIsKept(int seed) {
        var left = History.of(seed).left();
        var ids = new HashSet<UUID>();
        left.forEach(snapshot -> ids.add(snapshot.id()));

        assertThat(left).allMatch(snapshot -> snapshot.base() == null || ids.contains(snapshot.base()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheNewestValidOnesOfEachKind(int seed) {
        var history = History.of(seed);

        for (var kind : SnapshotKind.values()) {
            assertThat(history.left())
                    .containsAll(history.valid(kind).limit(AT_LEAST).toList());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheYoungAndGivesEachOneAReason(int seed) {
        var history = History.of(seed);
        var oldest = history.now().minus(MAX_AGE);

        assertThat(history.left())
                .containsAll(history.recorded().stream()
                        .filter(snapshot -> !snapshot.takenAt().isBefore(oldest))
                        .toList());
        assertThat(history.plan().decisions())
                .hasSameSizeAs(history.recorded())
                .allMatch(decision -> !decision.why().isBlank());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePlanOfWhatIsLeftDeletesNothingMore(int seed) {
        var history = History.of(seed);

        assertThat(new History(history.left(), history.now()).plan().deletions())
                .isEmpty();
    }

    private static Recorded full(long key, Instant at, boolean valid) {
        return new Recorded(key, new UUID(0, key), SnapshotKind.FULL, at, valid, null);
    }

    @Test
    @Tag("EC12")
    void deletesWhatIsOldAndNotNeeded() {
        var old = IntStream.rangeClosed(1, 9)
                .mapToObj(key -> full(key, BEGIN.plus(Duration.ofHours(key)), true))
                .toList();
        var recorded = new ArrayList<>(old);
        recorded.add(full(10, BEGIN.plus(MAX_AGE).plus(Duration.ofHours(10)), true));

        var plan =
                RetentionPlan.of(recorded, MAX_AGE, AT_LEAST, recorded.getLast().takenAt());

        assertThat(plan.deletions())
                .containsExactly(
                        old.get(4).id(),
                        old.get(3).id(),
                        old.get(2).id(),
                        old.get(1).id(),
                        old.get(0).id());
    }

    @Test
    void onesThatAreNotValidDoNotCountAsKept() {
        var recorded = new ArrayList<Recorded>();
        IntStream.rangeClosed(1, 5).forEach(key -> recorded.add(full(key, BEGIN, true)));
        IntStream.rangeClosed(6, 20).forEach(key -> recorded.add(full(key, BEGIN, false)));
        recorded.add(full(21, BEGIN.plus(MAX_AGE.multipliedBy(2)), false));

        var plan = RetentionPlan.of(recorded, MAX_AGE, AT_LEAST, BEGIN.plus(MAX_AGE.multipliedBy(2)));

        assertThat(plan.deletions()).hasSize(15).noneMatch(id -> id.getLeastSignificantBits() <= 5);
    }

    @Test
    void aClockThatWasSetForwardDeletesNothing() {
        var recorded = IntStream.rangeClosed(1, 50)
                .mapToObj(key -> full(key, BEGIN.plus(Duration.ofHours(key)), true))
                .toList();

        var plan = RetentionPlan.of(recorded, MAX_AGE, AT_LEAST, BEGIN.plus(Duration.ofDays(400)));

        assertThat(plan.deletions()).isEmpty();
    }
}
