package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Expiries;
import io.everstate.backup.catalogue.Expiries.Finished;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.catalogue.WatchedFiles;
import io.everstate.backup.objectlock.Locks;
import io.everstate.backup.restore.RollbackOffers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configured policy makes of the backups that there are now. */
@Singleton
class Retention {
    private final Expiries expiries;
    private final WatchedFiles watchedFiles;
    private final Locks locks;
    private final RollbackOffers rollbackOffers;
    private final RetentionPolicy policy;
    private final Clock clock;

    Retention(
            Expiries expiries,
            WatchedFiles watchedFiles,
            Locks locks,
            RollbackOffers rollbackOffers,
            RetentionConfiguration configuration,
            Clock clock) {
        this.expiries = expiries;
        this.watchedFiles = watchedFiles;
        this.locks = locks;
        this.rollbackOffers = rollbackOffers;
        this.clock = clock;
        this.policy = configuration.policy();
    }

    /** As the catalogue has it, without a look into the bucket. */
    RetentionPlan plan(Wanted wanted) {
        return plan(wanted, _ -> true);
    }

    /** @param whole whether the bucket has a backup: one that it does not have stands for none, whatever the catalogue says */
    RetentionPlan plan(Wanted wanted, Predicate<UUID> whole) {
        var points = points(wanted.workspace(), whole);
        return wanted.backup() == null
                ? RetentionPlan.of(points, policy, clock.instant())
                : DeletionOfOne.plan(points, wanted, policy.minimum(), clock.instant());
    }

    private List<RestorePoint> points(String workspace, Predicate<UUID> whole) {
        var needed = newestGood(workspace);
        var finished = expiries.finished(workspace);
        lockedNow().forEach((id, until) -> needed.putIfAbsent(id, "the bucket keeps it locked until " + until));
        rollbackOffers.needed(workspace).forEach(needed::putIfAbsent);
        newestProven(finished).ifPresent(id -> needed.put(id, "it is the newest that a drill restored"));
        return finished.stream()
                .map(backup -> new RestorePoint(
                        backup.id(),
                        backup.kind(),
                        backup.recordedAt(),
                        backup.good() && whole.test(backup.id()),
                        backup.safety(),
                        backup.pin() == null ? needed.get(backup.id()) : "pinned: " + backup.pin(),
                        backup.base()))
                .toList();
    }

    /** A later backup may hold a watched file as it is since it broke: what the inspection offers to go back to must stay. */
    private Map<UUID, String> newestGood(String workspace) {
        return watchedFiles.newestGood(workspace).values().stream()
                .collect(Collectors.toMap(
                        WatchedFile::backupId,
                        file -> "it holds the newest good copy of " + file.path(),
                        (one, other) -> one,
                        HashMap::new));
    }

    /** Its deletion would be refused, and a marker above it deletes nothing: it waits. */
    private Map<UUID, Instant> lockedNow() {
        var now = clock.instant();
        var locked = new HashMap<>(locks.all());
        locked.values().removeIf(until -> !until.isAfter(now));
        return locked;
    }

    /** The only one of which it was seen that it can be restored as a whole. */
    private static Optional<UUID> newestProven(List<Finished> finished) {
        return finished.stream()
                .filter(Finished::good)
                .flatMap(backup -> Stream.ofNullable(backup.provenAt()).map(at -> new Proven(backup.id(), at)))
                .max(Comparator.comparing(Proven::at))
                .map(Proven::id);
    }

    private record Proven(UUID id, Instant at) {}
}
