package io.everstate.backup.backup;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.seal.SealObjects;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/**
 * Removes what failed backups left in the storage. Their names follow from the row, so nothing is looked for and nothing else can be hit;
 * objects that no row knows stay, since a lost catalogue is rebuilt from them. While there are such, nothing goes: the rows may be those of another time.
 * One that had its seal already is said to be none by another one first.
 */
@Singleton
final class OrphanSweepJob {
    private static final Logger LOG = Logger.getLogger(OrphanSweepJob.class);
    private static final int AT_A_TIME = 20;

    private final Catalogue catalogue;
    private final ArchiveStore store;
    private final SealObjects seals;
    private final DeletionGuard guard;

    OrphanSweepJob(Catalogue catalogue, ArchiveStore store, SealObjects seals, DeletionGuard guard) {
        this.catalogue = catalogue;
        this.seals = seals;
        this.store = store;
        this.guard = guard;
    }

    @Scheduled(
            every = "${everstate.backup.sweep-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sweep() {
        try {
            seals.storeWhatWaits();
            var unswept = catalogue.unswept(AT_A_TIME);
            if (unswept.isEmpty() || guard.refusal().isPresent()) {
                return;
            }
            for (var failed : unswept) {
                failed.head().objectNames().all().forEach(store::delete);
                catalogue.swept(failed);
            }
        } catch (StoreUnavailableException | PersistenceException e) {
            LOG.debugf("Sweeping waits: %s", e.getMessage());
        }
    }
}
