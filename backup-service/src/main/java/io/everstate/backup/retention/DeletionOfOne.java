package io.everstate.backup.retention;

import io.everstate.backup.retention.RetentionPlan.Decision;
import io.everstate.backup.retention.RetentionPlan.Deleted;
import io.everstate.backup.retention.RetentionPlan.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The plan that gives up one backup, which somebody wants gone before its time. Policy has no say in that, but what must never go by itself does not go
 * on request either: take a pin away first, and what is built upon it.
 */
final class DeletionOfOne {
    private final List<RestorePoint> newestFirst;
    private final Lineage lineage;
    private final Wanted wanted;

    private DeletionOfOne(List<RestorePoint> points, Wanted wanted) {
        this.lineage = new Lineage(points);
        this.newestFirst = lineage.newestFirst();
        this.wanted = wanted;
    }

    /**
     * @param points all finished backups of the workspace, in any order
     * @param minimum so many good ones must remain
     * @param now a backup that is younger shows that a clock is or was wrong, and nothing is deleted then
     */
    static RetentionPlan plan(List<RestorePoint> points, Wanted wanted, int minimum, Instant now) {
        var one = new DeletionOfOne(points, wanted);
        var plan = RetentionPlan.of(one.decisions(), minimum, now);
        return plan.deletions().isEmpty() ? new RetentionPlan(plan.decisions(), plan.good(), one.obstacle()) : plan;
    }

    private List<Decision> decisions() {
        return newestFirst.stream().map(this::decide).toList();
    }

    private Decision decide(RestorePoint point) {
        if (!point.id().equals(wanted.backup())) {
            return new Kept(point, "nobody asked for it to go");
        }
        return standIn(point)
                .filter(younger -> needed(point).isEmpty())
                .<Decision>map(younger -> new Deleted(point, "asked for: " + wanted.reason(), younger))
                .orElseGet(() -> new Kept(point, obstacle()));
    }

    /** Why it stays. */
    private String obstacle() {
        return newestFirst.stream()
                .filter(point -> point.id().equals(wanted.backup()))
                .findFirst()
                .map(point -> needed(point).orElse("no younger good backup stands for it"))
                .orElse("it is no finished backup of this workspace any more");
    }

    private Optional<String> needed(RestorePoint point) {
        return Optional.ofNullable(point.needed())
                .or(() -> lineage.builtUpon(point).map(above -> "the INCREMENTAL %s needs it".formatted(above.id())));
    }

    private Optional<UUID> standIn(RestorePoint point) {
        return newestFirst.stream()
                .filter(other ->
                        other.counts() && other.recordedAt().isAfter(point.recordedAt()) && other.standsFor(point))
                .findFirst()
                .map(RestorePoint::id);
    }
}
