package io.everstate.backup.objectlock;

import io.everstate.backup.catalogue.SealedBackups;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectLock;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Locks the seals that say that backups may be missing, which a rebuild needs as much as those that say that they are there. Which are locked is known while the
 * process runs: to lock one again changes nothing.
 */
@Singleton
final class RemovalLocks {
    private static final Logger LOG = Logger.getLogger(RemovalLocks.class);

    private final SealedBackups backups;
    private final Seals seals;
    private final ArchiveStore store;
    private final Clock clock;
    private final Set<UUID> locked = ConcurrentHashMap.newKeySet();
    private final Set<UUID> stuck = ConcurrentHashMap.newKeySet();

    RemovalLocks(SealedBackups backups, Seals seals, ArchiveStore store, Clock clock) {
        this.backups = backups;
        this.seals = seals;
        this.store = store;
        this.clock = clock;
    }

    /** Backups that were given up or failed within that time, and whose seals that say so this process has not locked. */
    List<UUID> missing(Duration howLong) {
        var removed = new HashSet<>(backups.removed(clock.instant().minus(howLong)));
        locked.retainAll(removed);
        stuck.retainAll(removed);
        removed.removeAll(locked);
        return List.copyOf(removed);
    }

    /** From the seal's time on. One that cannot be locked is told of once. */
    void lock(UUID backup, ObjectLock.Mode mode, Duration howLong) {
        try {
            seals.of(backup, Act.REMOVED).ifPresent(seal -> lock(seal, mode, howLong));
            locked.add(backup);
        } catch (ProblemException e) {
            if (stuck.add(backup)) {
                LOG.warnf("The seal that says that %s was removed cannot be locked yet: %s", backup, e.detail());
            }
        }
    }

    private void lock(StoredSeal seal, ObjectLock.Mode mode, Duration howLong) {
        var until = until(seal.seal().at(), howLong);
        if (until.isAfter(clock.instant())) {
            store.lock(seal.object(), new ObjectLock(mode, until));
        }
    }

    private static Instant until(Instant at, Duration howLong) {
        return at.plus(howLong).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    }
}
