package io.everstate.backup.sealcheck;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.lease.SoleWork;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Runs the checks that were asked for, one at a time among all replicas. One that was cut off begins anew. */
@Singleton
class SealCheckJob {
    private static final Logger LOG = Logger.getLogger(SealCheckJob.class);

    private final SealChecks checks;
    private final SealCheck check;
    private final LeaseConfiguration leaseConfiguration;
    private final SoleWork work;

    SealCheckJob(SealChecks checks, SealCheck check, LeaseConfiguration leaseConfiguration, Leases leases) {
        this.checks = checks;
        this.check = check;
        this.leaseConfiguration = leaseConfiguration;
        this.work = new SoleWork("seal-check", leases);
    }

    @Scheduled(
            every = "${everstate.lease.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void poll() {
        if (leaseConfiguration.maxConcurrent() <= 0) {
            return;
        }
        try {
            checks.running().ifPresent(order -> work.begin(lease -> run(order, lease)));
        } catch (PersistenceException e) {
            LOG.debugf("Checks that wait cannot be looked for: %s", e.getMessage());
        }
    }

    /** It ends whatever happens: one that does not would be begun for ever, and none after it. */
    private void run(Order order, Lease lease) {
        try {
            checks.completed(order, check.check(order, lease));
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            checks.failed(order, e.detail());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The check %s of seals met a defect", order.id());
            checks.failed(order, "a defect of the service: " + e.getClass().getSimpleName());
        }
    }
}
