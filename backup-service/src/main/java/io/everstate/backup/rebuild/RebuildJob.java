package io.everstate.backup.rebuild;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.lease.SoleWork;
import io.everstate.backup.rebuild.CatalogueRebuild.Turn;
import io.everstate.backup.store.StoreUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Runs the rebuild that was asked for in one replica; when that one ends or is paused, another goes on. */
@Singleton
class RebuildJob {
    private static final Logger LOG = Logger.getLogger(RebuildJob.class);

    private final Rebuilds rebuilds;
    private final CatalogueRebuild rebuild;
    private final DeletionGuard guard;
    private final LeaseConfiguration configuration;
    private final SoleWork work;
    private volatile boolean stopping;

    RebuildJob(
            Rebuilds rebuilds,
            CatalogueRebuild rebuild,
            DeletionGuard guard,
            Leases leases,
            LeaseConfiguration configuration) {
        this.rebuilds = rebuilds;
        this.rebuild = rebuild;
        this.guard = guard;
        this.work = new SoleWork("catalogue-rebuild", leases);
        this.configuration = configuration;
    }

    @Scheduled(
            every = "${everstate.lease.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void poll() {
        if (configuration.maxConcurrent() <= 0 || stopping) {
            return;
        }
        try {
            rebuilds.running().ifPresent(id -> work.begin(lease -> run(id, lease)));
        } catch (PersistenceException e) {
            LOG.debugf("Rebuilds that wait cannot be looked for: %s", e.getMessage());
        }
    }

    private void run(UUID id, Lease lease) {
        try {
            var open = rebuild.run(new Turn(id, lease, () -> stopping));
            if (!stopping) {
                rebuilds.end(id, open);
                guard.refresh();
            }
        } catch (StoreUnavailableException e) {
            rebuilds.end(id, e.detail());
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (RuntimeException e) {
            rebuilds.end(id, "a defect; the service's log says more");
            throw e;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }
}
