package io.everstate.backup.comparison;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.comparison.Comparisons.Wanted;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.lease.SoleWork;
import io.everstate.backup.sealcheck.SealChecks;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Asks for the comparison of each night, and with it for a check of each chain of seals, and runs comparisons and sweeps that were asked for. */
@Singleton
class ComparisonJob {
    private static final Logger LOG = Logger.getLogger(ComparisonJob.class);

    private static final String BY_ITSELF = "schedule";

    private final Comparisons comparisons;
    private final BucketComparison comparison;
    private final OrphanSweep sweep;
    private final ComparisonConfiguration configuration;
    private final SealChecks sealChecks;
    private final LeaseConfiguration leaseConfiguration;
    private final Clock clock;
    private final SoleWork work;

    ComparisonJob(
            Comparisons comparisons,
            BucketComparison comparison,
            OrphanSweep sweep,
            ComparisonConfiguration configuration,
            SealChecks sealChecks,
            LeaseConfiguration leaseConfiguration,
            Leases leases,
            Clock clock) {
        this.comparisons = comparisons;
        this.comparison = comparison;
        this.sweep = sweep;
        this.configuration = configuration;
        this.sealChecks = sealChecks;
        this.leaseConfiguration = leaseConfiguration;
        this.clock = clock;
        this.work = new SoleWork("bucket-comparison", leases);
    }

    /** The key names the night, so that of several replicas one request comes out; one that was missed is made up for once, and one that failed is tried again. */
    @Scheduled(
            every = "${everstate.comparison.look-every:5m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void requestWhatIsDue() {
        var now = clock.instant();
        var due = lastTime(configuration, now);
        var before = now.minus(configuration.retryAfter());
        ask("a comparison of the bucket", () -> {
            if (comparisons.newest().filter(at -> !at.isBefore(due)).isEmpty()) {
                comparisons.request(new Asked(BY_ITSELF, due.toString(), due.toString()));
            }
        });
        ask("the comparison that failed", () -> comparisons.again(BY_ITSELF, due.toString(), before));
        ask("checks of seals", () -> sealChecks.requestAll(BY_ITSELF, due.toString()));
        ask("checks of seals that failed", () -> sealChecks.again(BY_ITSELF, due.toString(), before));
    }

    /** What cannot be asked for now, as one that a person asked for runs, is asked for at the next look, and keeps nothing else from being asked for. */
    private static void ask(String what, Runnable request) {
        try {
            request.run();
        } catch (ProblemException | PersistenceException e) {
            LOG.warnf("%s could not be asked for: %s", what, e.getMessage());
        }
    }

    /** When it should have been compared last. */
    static Instant lastTime(ComparisonConfiguration configuration, Instant now) {
        var utc = now.atOffset(ZoneOffset.UTC);
        var today = utc.with(configuration.time());
        return (today.isAfter(utc) ? today.minusDays(1) : today).toInstant();
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
            comparisons.running().ifPresent(id -> work.begin(_ -> compare(id)));
            comparisons.sweepWanted().ifPresent(wanted -> work.begin(lease -> sweep(wanted, lease)));
        } catch (PersistenceException e) {
            LOG.debugf("Comparisons that wait cannot be looked for: %s", e.getMessage());
        }
    }

    private void compare(UUID id) {
        try {
            comparison.compare(id);
        } catch (StoreUnavailableException e) {
            comparisons.failed(id, e.detail());
        }
    }

    private void sweep(Wanted wanted, Lease lease) {
        try {
            comparisons.sweepEnded(wanted.id(), sweep.sweep(wanted, lease));
        } catch (StoreUnavailableException e) {
            comparisons.sweepEnded(wanted.id(), e.detail());
        }
    }
}
