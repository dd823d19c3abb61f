package io.everstate.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.retention.RetentionPlan.Deleted;
import io.everstate.backup.retention.RetentionPlan.Kept;
import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SF12")
@Tag("BD15")
class RetentionPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private static RetentionPolicy policy(int most, int ofEachKind) {
        return new RetentionPolicy(most, MONTH, ofEachKind, Map.of(), 1);
    }

    private static RestorePoint point(BackupKind kind, double daysAgo) {
        return point(kind, daysAgo, true, null);
    }

    private static RestorePoint point(BackupKind kind, double daysAgo, boolean good, @Nullable String pin) {
        return new RestorePoint(UUID.randomUUID(), kind, NOW.minusSeconds((long) (daysAgo * 86_400)), good, false, pin);
    }

    private static List<RestorePoint> daily(int count) {
        return IntStream.range(0, count)
                .mapToObj(day -> point(BackupKind.FULL, day))
                .toList();
    }

    @Test
    void deletesWhatIsTooOld() {
        var points = daily(40);

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.deletions()).extracting(Deleted::point).containsExactlyElementsOf(points.subList(31, 40));
        assertThat(plan.deletions()).extracting(Deleted::why).containsOnly("older than 30 days");
        assertThat(plan.good()).isEqualTo(31);
        assertThat(plan.refusal()).isNull();
    }

    @Test
    void deletesWhatIsTooMany() {
        var points = daily(20);

        var plan = RetentionPlan.of(points, policy(5, 0), NOW);

        assertThat(plan.deletions()).extracting(Deleted::point).containsExactlyElementsOf(points.subList(5, 20));
        assertThat(plan.deletions()).extracting(Deleted::why).containsOnly("there are 5 younger ones of its kind");
    }

    /** People's pain: backups stop, nobody notices, and a month later the last ones are gone too. */
    @Test
    void doesNotLetTheLastOnesGrowOldWhenNoneComesAnyMore() {
        var points = IntStream.range(0, 20)
                .mapToObj(day -> point(BackupKind.FULL, 400 + day))
                .toList();

        assertThat(RetentionPlan.of(points, policy(100, 0), NOW).deletions()).isEmpty();
    }

    /** Nor does a bad one make the good ones before it old or too many. */
    @Test
    void countsOnlyGoodOnes() {
        var points = new ArrayList<RestorePoint>();
        for (var day = 0; day < 10; day++) {
            points.add(point(BackupKind.FULL, day, false, null));
        }
        var last = point(BackupKind.FULL, 100);
        points.add(last);

        var plan = RetentionPlan.of(points, policy(5, 0), NOW);

        assertThat(plan.deletions()).isEmpty();
    }

    @Test
    void neverDeletesTheLastGoodOneOfAKind() {
        var state = point(BackupKind.STATE_ONLY, 200);
        var config = point(BackupKind.CONFIG_ONLY, 300);
        var points = List.of(point(BackupKind.STATE_ONLY, 0), state, config);

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.deletions()).extracting(Deleted::point).containsExactly(state);
        assertThat(plan.decisions()).contains(new Kept(config, "no younger good backup stands for it"));
    }

    @Test
    void theLastGoodOneOfAKindStandsForTheOlderOnes() {
        var last = point(BackupKind.CONFIG_ONLY, 200);
        var older = point(BackupKind.CONFIG_ONLY, 300);

        var plan = RetentionPlan.of(List.of(older, last, point(BackupKind.STATE_ONLY, 0)), policy(100, 0), NOW);

        assertThat(plan.deletions()).containsExactly(new Deleted(older, "older than 30 days", last.id()));
    }

    @Test
    void aFullOneStandsForEveryKind() {
        var full = point(BackupKind.FULL, 0);
        var config = point(BackupKind.CONFIG_ONLY, 300);

        var plan = RetentionPlan.of(List.of(full, config), policy(100, 0), NOW);

        assertThat(plan.deletions()).containsExactly(new Deleted(config, "older than 30 days", full.id()));
    }

    @Test
    void aPartialOneDoesNotStandForAFullOne() {
        var points = List.of(point(BackupKind.STATE_ONLY, 0), point(BackupKind.FULL, 300));

        assertThat(RetentionPlan.of(points, policy(100, 0), NOW).deletions()).isEmpty();
    }

    @Test
    void keepsWhatIsPinnedAndSaysWhy() {
        var pinned = point(BackupKind.FULL, 300, true, "before the migration");
        var points = List.of(point(BackupKind.FULL, 0), pinned);

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.decisions()).contains(new Kept(pinned, "before the migration"));
        assertThat(plan.deletions()).isEmpty();
    }

    /** Two years of one a day. */
    @ParameterizedTest(name = "{0} of the last {1}: {2} more than a month of days")
    @CsvSource({"DAILY,60,29", "WEEKLY,10,5", "MONTHLY,12,10", "YEARLY,3,2", "HOURLY,60,29"})
    void keepsTheNewestOfEachPeriod(Period period, int count, int more) {
        var policy = new RetentionPolicy(1_000, MONTH, 0, Map.of(period, count), 1);

        var plan = RetentionPlan.of(daily(730), policy, NOW);

        assertThat(plan.good()).isEqualTo(31 + more);
    }

    @ParameterizedTest(name = "{0}: {1} and {2} are of one: {3}")
    @CsvSource({
        "HOURLY,2026-11-22T12:00:00Z,2026-11-22T12:59:59.999Z,true",
        "HOURLY,2026-11-22T12:59:59Z,2026-11-22T13:00:00Z,false",
        "DAILY,2026-10-25T00:00:00Z,2026-10-25T23:59:59Z,true",
        "WEEKLY,2026-12-28T00:00:00Z,2027-01-03T23:59:59Z,true",
        "WEEKLY,2027-01-03T23:59:59Z,2027-01-04T00:00:00Z,false",
        "MONTHLY,2024-02-29T00:00:00Z,2024-03-01T00:00:00Z,false",
        "MONTHLY,2025-02-01T00:00:00Z,2024-02-01T00:00:00Z,false",
        "YEARLY,2026-01-01T00:00:00Z,2026-12-31T23:59:59Z,true"
    })
    void knowsTheCalendar(Period period, Instant one, Instant other, boolean same) {
        assertThat(period.of(one).equals(period.of(other))).isEqualTo(same);
    }

    @Test
    void refusesToLeaveTooFewGoodOnes() {
        var points = List.of(point(BackupKind.FULL, 0), point(BackupKind.FULL, 40), point(BackupKind.FULL, 50));

        var plan = RetentionPlan.of(points, new RetentionPolicy(100, MONTH, 0, Map.of(), 2), NOW);

        assertThat(plan.deletions()).hasSize(2);
        assertThat(plan.refusal()).isEqualTo("it would leave 1 good backups, at least 2 must remain");
    }

    @Test
    void refusesNothingWhereNothingIsDeleted() {
        var plan = RetentionPlan.of(daily(1), new RetentionPolicy(100, MONTH, 0, Map.of(), 2), NOW);

        assertThat(plan.refusal()).isNull();
    }

    /** They may lack what could not be read, which may be why there was a restore. */
    @Test
    void noBackupThatARestoreTookStandsForAnother() {
        var points = new ArrayList<RestorePoint>();
        for (var minute = 0; minute < 50; minute++) {
            points.add(new RestorePoint(
                    UUID.randomUUID(), BackupKind.FULL, NOW.minusSeconds(60L * minute), true, true, null));
        }
        var real = point(BackupKind.FULL, 300);
        points.add(real);

        var plan = RetentionPlan.of(points, policy(5, 1), NOW);

        assertThat(plan.deletions()).isEmpty();
        assertThat(plan.good()).isEqualTo(1);
    }

    @Test
    void backupsOfOneKindTakeNoPlaceFromAnother() {
        var points = new ArrayList<RestorePoint>();
        for (var hour = 0; hour < 100; hour++) {
            points.add(point(BackupKind.STATE_ONLY, hour / 24.0));
        }
        var full = List.of(point(BackupKind.FULL, 6), point(BackupKind.FULL, 7), point(BackupKind.FULL, 8));
        points.addAll(full);

        var plan = RetentionPlan.of(points, policy(30, 1), NOW);

        assertThat(plan.deletions())
                .extracting(Deleted::point)
                .doesNotContainAnyElementsOf(full)
                .hasSize(70);
    }

    /** A backup that was taken while the clock was years ahead makes all others old. */
    @Test
    void refusesWhenABackupIsOfATimeThatIsStillToCome() {
        var points = new ArrayList<>(daily(20));
        points.add(point(BackupKind.FULL, -400));

        var plan = RetentionPlan.of(points, policy(100, 2), NOW);

        assertThat(plan.deletions()).isNotEmpty();
        assertThat(plan.refusal()).contains("still to come");
    }

    private static RestorePoint incremental(RestorePoint base, double daysAgo) {
        return new RestorePoint(
                UUID.randomUUID(),
                BackupKind.INCREMENTAL,
                NOW.minusSeconds((long) (daysAgo * 86_400)),
                true,
                false,
                null,
                base.id());
    }

    @Test
    void keepsAllThatAKeptIncrementalNeedsAndSaysSo() {
        var full = point(BackupKind.FULL, 300);
        var first = incremental(full, 299);
        var last = incremental(first, 0);
        var points = List.of(full, first, last, point(BackupKind.FULL, 0));

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.deletions()).isEmpty();
        assertThat(plan.decisions())
                .contains(
                        new Kept(full, "the INCREMENTAL %s needs it".formatted(first.id())),
                        new Kept(first, "the INCREMENTAL %s needs it".formatted(last.id())));
    }

    @Test
    void givesUpAChainThatNobodyNeedsAsAWhole() {
        var full = point(BackupKind.FULL, 300);
        var first = incremental(full, 299);
        var second = incremental(first, 298);
        var points = List.of(full, first, second, point(BackupKind.FULL, 0));

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.deletions()).extracting(Deleted::point).containsExactly(second, first, full);
    }

    @Test
    void countsAChainAsOneWhereGoodOnesAreCounted() {
        var full = point(BackupKind.FULL, 2);
        var points = List.of(full, incremental(full, 1), incremental(full, 0), point(BackupKind.FULL, 300));

        var plan = RetentionPlan.of(points, new RetentionPolicy(100, MONTH, 0, Map.of(), 2), NOW);

        assertThat(plan.good()).isEqualTo(1);
        assertThat(plan.refusal()).isEqualTo("it would leave 1 good backups, at least 2 must remain");
    }

    @Test
    void doesNotCountAsGoodWhatIsBuiltUponSomethingBad() {
        var bad = point(BackupKind.FULL, 3, false, null);
        var above = incremental(bad, 1);
        var old = incremental(point(BackupKind.FULL, 400), 300);
        var good = point(BackupKind.FULL, 200);
        var points = List.of(bad, above, incremental(above, 0), old, good);

        var plan = RetentionPlan.of(points, policy(100, 0), NOW);

        assertThat(plan.deletions()).containsExactly(new Deleted(old.bad(), "older than 30 days", good.id()));
        assertThat(plan.good()).isEqualTo(1);
        assertThat(plan.decisions())
                .extracting(decision -> decision.point().good())
                .containsExactly(false, false, false, true, false);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deletesNothingThatIsNeeded(int seed) {
        var random = new Random(seed);
        var points = new ArrayList<RestorePoint>();
        for (var i = 0; i < random.nextInt(80); i++) {
            var kind = anyOf(random, BackupKind.values());
            var whole = points.stream().filter(RetentionPlanTest::isWhole).toList();
            points.add(new RestorePoint(
                    UUID.randomUUID(),
                    kind,
                    NOW.minusSeconds((long) (random.nextDouble() * random.nextInt(1, 900) * 86_400)),
                    random.nextInt(4) > 0,
                    false,
                    random.nextInt(10) == 0 ? "wanted" : null,
                    kind == BackupKind.INCREMENTAL && !whole.isEmpty()
                            ? anyOf(random, whole).id()
                            : null));
        }
        var policy = new RetentionPolicy(
                1 + random.nextInt(40),
                Duration.ofDays(1 + random.nextInt(60)),
                random.nextInt(3),
                Map.of(anyOf(random, Period.values()), random.nextInt(6)),
                random.nextInt(4));

        var plan = RetentionPlan.of(points, policy, NOW);

        assertNothingNeededGoes(points, plan);
        assertNoChainDangles(plan);
        var shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, random);
        assertThat(RetentionPlan.of(shuffled, policy, NOW))
                .as("in another order")
                .isEqualTo(plan);
        var left = plan.decisions().stream()
                .filter(Kept.class::isInstance)
                .map(RetentionPlan.Decision::point)
                .toList();
        assertThat(RetentionPlan.of(left, policy, NOW).deletions())
                .as("once more")
                .isEmpty();
    }

    private static boolean isWhole(RestorePoint point) {
        return point.kind() == BackupKind.FULL || point.kind() == BackupKind.INCREMENTAL;
    }

    private static <T> T anyOf(Random random, T[] values) {
        return anyOf(random, Arrays.asList(values));
    }

    private static <T> T anyOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static void assertNoChainDangles(RetentionPlan plan) {
        var kept = plan.decisions().stream()
                .filter(Kept.class::isInstance)
                .map(RetentionPlan.Decision::point)
                .collect(Collectors.toMap(RestorePoint::id, Function.identity()));
        for (var point : kept.values()) {
            if (point.base() != null) {
                assertThat(kept).as("what a kept one needs").containsKey(point.base());
                assertThat(!point.good()
                                || Objects.requireNonNull(kept.get(point.base()))
                                        .good())
                        .as("good only upon something good")
                        .isTrue();
            }
        }
    }

    private static void assertNothingNeededGoes(List<RestorePoint> points, RetentionPlan plan) {
        var byId = points.stream().collect(Collectors.toMap(RestorePoint::id, Function.identity()));
        var deleted =
                plan.deletions().stream().map(decision -> decision.point().id()).collect(Collectors.toSet());
        for (var decision : plan.deletions()) {
            var remains = Objects.requireNonNull(byId.get(decision.remains()));
            assertThat(deleted).as("what remains").doesNotContain(remains.id());
            assertThat(remains.good()).isTrue();
            assertThat(remains.recordedAt()).isAfter(decision.point().recordedAt());
            assertThat(remains.kind() == BackupKind.FULL
                            || remains.kind() == decision.point().kind())
                    .isTrue();
            assertThat(decision.point().needed()).isNull();
        }
        assertThat(plan.decisions()).hasSameSizeAs(points);
    }
}
