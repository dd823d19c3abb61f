package io.everstate.backup.objectlock;

import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.objectlock.LockPlan.Wish;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.store.ObjectLock;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Locks what is completed, its seal with it, and what says that a backup was removed, and extends the locks of what was built upon. Seconds behind the backup and not with it: what fails is not locked and can be swept, and whoever ends
 * when, the next look finds what is missing.
 */
@Singleton
final class ObjectLockJob {
    private static final Logger LOG = Logger.getLogger(ObjectLockJob.class);

    private final ObjectLockConfiguration configuration;
    private final Holdings holdings;
    private final Locks locks;
    private final RemovalLocks removals;
    private final Seals seals;
    private final ArchiveStore store;
    private final Set<UUID> stuck = ConcurrentHashMap.newKeySet();

    ObjectLockJob(
            ObjectLockConfiguration configuration,
            Holdings holdings,
            Locks locks,
            RemovalLocks removals,
            Seals seals,
            ArchiveStore store) {
        this.configuration = configuration;
        this.holdings = holdings;
        this.locks = locks;
        this.removals = removals;
        this.seals = seals;
        this.store = store;
    }

    @Scheduled(
            every = "${everstate.object-lock.look-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        configuration.mode().ifPresent(this::lockWhatIsNot);
    }

    private void lockWhatIsNot(ObjectLock.Mode mode) {
        try {
            var howLong = Duration.ofDays(configuration.days());
            var wishes = LockPlan.of(holdings.completed(), locks.all(), howLong);
            var removed = removals.missing(howLong);
            if (!(wishes.isEmpty() && removed.isEmpty()) && store.capabilities().objectLock() == Support.ON) {
                wishes.forEach(wish -> lock(wish, mode));
                removed.forEach(backup -> removals.lock(backup, mode, howLong));
            }
        } catch (ProblemException | PersistenceException e) {
            LOG.debugf("Locking waits: %s", e.getMessage());
        }
    }

    /** One that cannot be locked is told of once, and holds up no other. */
    private void lock(Wish wish, ObjectLock.Mode mode) {
        var id = wish.backup().head().id();
        var archive = wish.backup().archive();
        var wanted = new ObjectLock(mode, wish.until());
        try {
            var manifest = store.lock(archive.manifestName(), wanted);
            var content = store.lock(archive.objectName(), wanted);
            seals.of(id, Act.STORED).ifPresent(seal -> store.lock(seal.object(), wanted));
            locks.locked(id, content.until().isBefore(manifest.until()) ? manifest : content);
            stuck.remove(id);
        } catch (ProblemException e) {
            if (stuck.add(id)) {
                LOG.warnf("%s cannot be locked yet: %s", archive.objectName(), e.detail());
            }
        }
    }
}
