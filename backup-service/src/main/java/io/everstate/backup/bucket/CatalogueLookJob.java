package io.everstate.backup.bucket;

import io.everstate.backup.store.StoreUnavailableException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Holds the bucket against the catalogue at the start and from time to time, so that a lost catalogue is told of before anybody needs it. */
@Singleton
final class CatalogueLookJob {
    private static final Logger LOG = Logger.getLogger(CatalogueLookJob.class);

    private final DeletionGuard guard;

    CatalogueLookJob(DeletionGuard guard) {
        this.guard = guard;
    }

    @Scheduled(every = "${everstate.catalogue.look-every:10m}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            guard.look();
        } catch (StoreUnavailableException | PersistenceException e) {
            LOG.warnf("The bucket cannot be held against the catalogue: %s", e.getMessage());
        }
    }
}
