package io.everstate.backup.retention;

import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to each backup of a workspace, and why; nothing is deleted that is not in such a plan. Each deletion names a younger good
 * backup that remains and stands for it: where there is none, nothing is deleted. What is kept keeps all that it is built upon.
 *
 * @param decisions the newest first
 * @param good how many good backups remain; a chain counts as one, since all of it is lost with its FULL
 * @param refusal why the plan must not be executed; null when it may
 */
public record RetentionPlan(
        List<Decision> decisions, int good, @Nullable String refusal) {
    /** What becomes of one backup. */
    public sealed interface Decision {
        RestorePoint point();

        /** A sentence. */
        String why();
    }

    public record Kept(RestorePoint point, String why) implements Decision {}

    /** @param remains a younger good backup that is kept and stands for it */
    public record Deleted(RestorePoint point, String why, UUID remains) implements Decision {}

    public RetentionPlan {
        decisions = List.copyOf(decisions);
    }

    /**
     * @param points all finished backups of one workspace, in any order
     * @param now a backup that is younger shows that a clock is or was wrong, and nothing is deleted then
     */
    public static RetentionPlan of(List<RestorePoint> points, RetentionPolicy policy, Instant now) {
        var lineage = new Lineage(points);
        var newestFirst = lineage.newestFirst();
        var good = newestFirst.stream().filter(RestorePoint::counts).toList();
        var decisions = new Reasons(policy, good, lineage).decide(newestFirst);
        return of(decisions, policy.minimum(), now);
    }

    /** @param newestFirst what becomes of each */
    static RetentionPlan of(List<Decision> newestFirst, int minimum, Instant now) {
        var remaining = (int) newestFirst.stream()
                .filter(decision -> decision instanceof Kept kept
                        && kept.point().counts()
                        && kept.point().base() == null)
                .count();
        var refusal = newestFirst.stream().anyMatch(Deleted.class::isInstance)
                ? refusal(newestFirst.getFirst().point().recordedAt(), remaining, minimum, now)
                : null;
        return new RetentionPlan(newestFirst, remaining, refusal);
    }

    private static @Nullable String refusal(Instant newest, int remaining, int minimum, Instant now) {
        if (newest.isAfter(now)) {
            return "the newest backup is of %s, which is still to come: a clock is or was wrong".formatted(newest);
        }
        return remaining < minimum
                ? "it would leave %d good backups, at least %d must remain".formatted(remaining, minimum)
                : null;
    }

    public List<Deleted> deletions() {
        return decisions.stream()
                .filter(Deleted.class::isInstance)
                .map(Deleted.class::cast)
                .toList();
    }

    /** Why each is kept: the first reason counts. */
    private static final class Reasons {
        private final RetentionPolicy policy;
        private final List<RestorePoint> good;
        private final Lineage lineage;
        private final @Nullable Instant oldest;
        private final Map<UUID, String> kept = new HashMap<>();

        Reasons(RetentionPolicy policy, List<RestorePoint> goodNewestFirst, Lineage lineage) {
            this.policy = policy;
            this.good = goodNewestFirst;
            this.lineage = lineage;
            this.oldest = goodNewestFirst.isEmpty()
                    ? null
                    : goodNewestFirst.getFirst().recordedAt().minus(policy.maxAge());
            keepNewestOfEachKind();
            policy.periods().forEach(this::keepNewestOfEach);
        }

        private void keepNewestOfEachKind() {
            for (var kind : BackupKind.values()) {
                ofKind(kind).stream()
                        .limit(policy.ofEachKind())
                        .forEach(point ->
                                keep(point, "one of the newest %d of its kind".formatted(policy.ofEachKind())));
            }
        }

        private void keepNewestOfEach(Period period, int count) {
            for (var kind : BackupKind.values()) {
                var seen = new LinkedHashSet<String>();
                for (var point : ofKind(kind)) {
                    var stretch = period.of(point.recordedAt());
                    if (seen.size() < count && seen.add(stretch)) {
                        keep(point, "%s: the newest of %s".formatted(period, stretch));
                    }
                }
            }
        }

        private List<RestorePoint> ofKind(BackupKind kind) {
            return good.stream().filter(point -> point.kind() == kind).toList();
        }

        private void keep(RestorePoint point, String why) {
            if (kept.putIfAbsent(point.id(), why) == null) {
                lineage.base(point).ifPresent(base -> keep(base, "the INCREMENTAL %s needs it".formatted(point.id())));
            }
        }

        /**
         * The newest first. None that is decided to go is found to be needed later: after a clock went back a base may look younger than what is built upon it,
         * but then what stands for the one stands for the other, too.
         */
        List<Decision> decide(List<RestorePoint> newestFirst) {
            newestFirst.forEach(this::look);
            return newestFirst.stream().map(this::decide).toList();
        }

        /** A bad backup takes no place from a good one, nor does one that a restore took: only the others are counted. */
        private void look(RestorePoint point) {
            if (point.needed() != null) {
                keep(point, point.needed());
            }
            if (tooOld(point) == null && tooMany(point) == null) {
                keep(point, "neither too old nor too many");
            }
        }

        private @Nullable String tooOld(RestorePoint point) {
            return oldest != null && point.recordedAt().isBefore(oldest)
                    ? "older than %d days".formatted(policy.maxAge().toDays())
                    : null;
        }

        private @Nullable String tooMany(RestorePoint point) {
            var younger = good.stream()
                    .filter(other ->
                            other.kind() == point.kind() && RestorePoint.NEWEST_FIRST.compare(other, point) < 0)
                    .count();
            return !point.safety() && younger >= policy.mostBackups()
                    ? "there are %d younger ones of its kind".formatted(policy.mostBackups())
                    : null;
        }

        private Decision decide(RestorePoint point) {
            var why = kept.get(point.id());
            if (why != null) {
                return new Kept(point, why);
            }
            var old = tooOld(point);
            var expired = old == null ? String.valueOf(tooMany(point)) : old;
            return remains(point)
                    .<Decision>map(other -> new Deleted(point, expired, other.id()))
                    .orElseGet(() -> keptAsTheLast(point));
        }

        /** Those after it, which are older, may go because of it. */
        private Kept keptAsTheLast(RestorePoint point) {
            var why = "no younger good backup stands for it";
            keep(point, why);
            return new Kept(point, why);
        }

        private Optional<RestorePoint> remains(RestorePoint point) {
            return good.stream()
                    .filter(other -> kept.containsKey(other.id())
                            && other.recordedAt().isAfter(point.recordedAt())
                            && other.standsFor(point))
                    .findFirst();
        }
    }
}
