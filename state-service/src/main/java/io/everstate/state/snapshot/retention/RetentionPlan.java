package io.everstate.state.snapshot.retention;

import io.everstate.state.snapshot.store.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What happens to each snapshot, and why; nothing is deleted that is not in such a plan. Kept are: the young ones; the newest valid ones of
 * each kind; the newest valid FULL one; and whatever one of these builds on. One that is not valid is never the reason to delete another.
 *
 * @param decisions the newest first, so that none is deleted before those that build on it
 */
public record RetentionPlan(Instant at, List<Decision> decisions) {
    private static final Comparator<Recorded> NEWEST_FIRST =
            Comparator.comparingLong(Recorded::key).reversed();

    /** @param why a sentence */
    public record Decision(UUID snapshot, SnapshotKind kind, Instant takenAt, boolean deleted, String why) {}

    public RetentionPlan {
        decisions = List.copyOf(decisions);
    }

    /**
     * @param maxAge seen from the newest snapshot: a clock that was set forward, or a service that took none for long, makes nothing old
     * @param atLeast so many valid ones of each kind stay
     */
    static RetentionPlan of(List<Recorded> recorded, Duration maxAge, int atLeast, Instant now) {
        var newestFirst = recorded.stream().sorted(NEWEST_FIRST).toList();
        var kept = new Reasons(newestFirst);
        newestFirst.stream()
                .filter(snapshot -> snapshot.kind() == SnapshotKind.FULL && snapshot.valid())
                .limit(1)
                .forEach(snapshot -> kept.keep(snapshot, "the newest valid FULL one"));
        for (var kind : SnapshotKind.values()) {
            newestFirst.stream()
                    .filter(snapshot -> snapshot.kind() == kind && snapshot.valid())
                    .limit(atLeast)
                    .forEach(snapshot -> kept.keep(snapshot, "one of the newest " + atLeast + " valid " + kind));
        }
        var oldest = oldest(newestFirst, maxAge, now);
        newestFirst.stream()
                .filter(snapshot -> !snapshot.takenAt().isBefore(oldest))
                .forEach(snapshot -> kept.keep(snapshot, "younger than " + maxAge));
        return new RetentionPlan(now, kept.decisions("older than " + maxAge));
    }

    private static Instant oldest(List<Recorded> newestFirst, Duration maxAge, Instant now) {
        var newest = newestFirst.stream().map(Recorded::takenAt).findFirst().orElse(now);
        return (newest.isBefore(now) ? newest : now).minus(maxAge);
    }

    List<UUID> deletions() {
        return decisions.stream()
                .filter(Decision::deleted)
                .map(Decision::snapshot)
                .toList();
    }

    /** Why each is kept: the first reason counts. */
    private static final class Reasons {
        private final List<Recorded> newestFirst;
        private final Map<UUID, Recorded> byId;
        private final Map<UUID, String> reasons = new LinkedHashMap<>();

        Reasons(List<Recorded> newestFirst) {
            this.newestFirst = newestFirst;
            this.byId = newestFirst.stream().collect(Collectors.toMap(Recorded::id, Function.identity()));
        }

        void keep(Recorded snapshot, String why) {
            reasons.putIfAbsent(snapshot.id(), why);
            for (var base = byId.get(snapshot.base()); base != null; base = byId.get(base.base())) {
                reasons.putIfAbsent(base.id(), "what is kept builds on it");
            }
        }

        List<Decision> decisions(String otherwise) {
            var decisions = new ArrayList<Decision>();
            for (var snapshot : newestFirst) {
                var why = reasons.get(snapshot.id());
                decisions.add(new Decision(
                        snapshot.id(),
                        snapshot.kind(),
                        snapshot.takenAt(),
                        why == null,
                        why == null ? otherwise : why));
            }
            return decisions;
        }
    }
}
