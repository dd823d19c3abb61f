package io.everstate.state.rebuild;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import io.everstate.state.rebuild.schema.RebuildConfiguration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/** Looks whether there is something to do for a rebuild, and does it; one replica at a time. */
@Singleton
class RebuildJob {
    private static final String LEASE = "rebuild";
    private static final Logger LOG = Logger.getLogger(RebuildJob.class);

    private final Rebuilds rebuilds;
    private final RebuildWork work;
    private final Leases leases;
    private final RebuildConfiguration configuration;
    private volatile boolean stopping;

    RebuildJob(Rebuilds rebuilds, RebuildWork work, Leases leases, RebuildConfiguration configuration) {
        this.rebuilds = rebuilds;
        this.work = work;
        this.leases = leases;
        this.configuration = configuration;
    }

    @Scheduled(
            identity = "rebuild",
            every = "${everstate.rebuild.look-every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void doWhatIsToDo() {
        try {
            if (hasWork()) {
                leases.tryAcquire(LEASE, configuration.owner(), configuration.lease())
                        .ifPresent(this::workUnder);
            }
        } catch (LeaseLostException e) {
            LOG.warn("another replica goes on with the rebuild");
        } catch (ProblemException e) {
            LOG.infof("the rebuild is gone on with later: %s", e.detail());
        } catch (CancellationException e) {
            LOG.info("the rebuild is gone on with after the next start");
        }
    }

    private boolean hasWork() {
        return rebuilds.open().filter(rebuild -> rebuild.status().isWork()).isPresent();
    }

    private void workUnder(Lease lease) {
        try (var held = new HeldLease(leases, lease, configuration.lease(), () -> stopping)) {
            rebuilds.open()
                    .filter(rebuild -> rebuild.status().isWork())
                    .ifPresent(rebuild -> work.advance(rebuild, held));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }
}
