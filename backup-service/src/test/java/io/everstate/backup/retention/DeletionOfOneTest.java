package io.everstate.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.retention.RetentionPlan.Deleted;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD16")
class DeletionOfOneTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RestorePoint YOUNGER = point(1, true, false, null, null);
    private static final RestorePoint YOUNGEST = point(0, true, false, null, null);

    private static RestorePoint point(
            int daysAgo, boolean good, boolean safety, @Nullable String needed, @Nullable UUID base) {
        var at = NOW.minusSeconds(daysAgo * 86_400L);
        return new RestorePoint(UUID.randomUUID(), BackupKind.FULL, at, good, safety, needed, base);
    }

    private static RetentionPlan plan(RestorePoint wanted, int minimum, RestorePoint... others) {
        var points = new ArrayList<>(List.of(others));
        points.add(wanted);
        return DeletionOfOne.plan(points, new Wanted("default", wanted.id(), "holds a key"), minimum, NOW);
    }

    private static void assertRefused(RetentionPlan plan, String why) {
        assertThat(plan.refusal()).isEqualTo(why);
    }

    @Test
    void givesUpThatOneAndNoOtherAndNamesWhatRemains() {
        var wanted = point(400, true, false, null, null);

        var plan = plan(wanted, 2, YOUNGER, YOUNGEST, point(500, true, false, null, null));

        assertThat(plan.refusal()).isNull();
        assertThat(plan.deletions()).containsExactly(new Deleted(wanted, "asked for: holds a key", YOUNGEST.id()));
        assertThat(plan.good()).isEqualTo(3);
    }

    @Test
    void keepsTheLastGoodOne() {
        assertRefused(
                plan(YOUNGEST, 0, YOUNGER, point(2, true, false, null, null)), "no younger good backup stands for it");
    }

    @Test
    void noneThatARestoreTookNorABadOneStandsForIt() {
        assertRefused(
                plan(YOUNGER, 0, point(0, true, true, null, null), point(0, false, false, null, null)),
                "no younger good backup stands for it");
    }

    @Test
    void keepsWhatIsPinnedOrHoldsTheNewestGoodCopyOfAFile() {
        var pinned = point(9, true, false, "pinned: before the migration", null);

        assertRefused(plan(pinned, 0, YOUNGER, YOUNGEST), "pinned: before the migration");
    }

    @Test
    void keepsWhatAnIncrementalNeeds() {
        var base = point(9, true, false, null, null);
        var above = new RestorePoint(
                UUID.randomUUID(), BackupKind.INCREMENTAL, NOW.minusSeconds(60), true, false, null, base.id());

        assertRefused(plan(base, 0, YOUNGEST, above), "the INCREMENTAL " + above.id() + " needs it");
    }

    @Test
    void leavesTheMinimum() {
        assertRefused(plan(YOUNGER, 2, YOUNGEST), "it would leave 1 good backups, at least 2 must remain");
    }

    @Test
    void refusesWhenABackupIsOfATimeThatIsStillToCome() {
        var future = point(-1, true, false, null, null);

        assertRefused(
                plan(YOUNGER, 0, YOUNGEST, future),
                "the newest backup is of " + future.recordedAt() + ", which is still to come: a clock is or was wrong");
    }

    @Test
    void saysThatItIsGoneAlready() {
        var gone = new Wanted("default", UUID.randomUUID(), "twice");

        assertRefused(
                DeletionOfOne.plan(List.of(YOUNGER, YOUNGEST), gone, 0, NOW),
                "it is no finished backup of this workspace any more");
    }
}
