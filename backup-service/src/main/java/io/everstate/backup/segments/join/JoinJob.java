package io.everstate.backup.segments.join;

import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.lease.SoleWork;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;

/** Joins small segments, and removes what was joined, in one replica at a time. */
@Singleton
class JoinJob {
    private final Joining joining;
    private final JoinedParts parts;
    private final JoinConfiguration configuration;
    private final LeaseConfiguration leaseConfiguration;
    private final SoleWork work;

    JoinJob(
            Joining joining,
            JoinedParts parts,
            JoinConfiguration configuration,
            LeaseConfiguration leaseConfiguration,
            Leases leases) {
        this.joining = joining;
        this.parts = parts;
        this.configuration = configuration;
        this.leaseConfiguration = leaseConfiguration;
        this.work = new SoleWork(JoinRows.LEASE, leases);
    }

    @Scheduled(
            every = "${everstate.segments.join.look-every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        if (configuration.enabled() && leaseConfiguration.maxConcurrent() > 0) {
            work.begin(lease -> {
                parts.remove(lease);
                joining.look(lease);
            });
        }
    }
}
