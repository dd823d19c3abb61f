package io.everstate.state.snapshot.schedule;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.lease.Fence;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.Leases;
import io.everstate.state.projection.Projection;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.schedule.SnapshotPace.Recorded;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes snapshots by itself. What is due is asked of the database, so that it is due once, however many replicas and restarts there are; one
 * replica at a time takes them.
 */
@Singleton
class SnapshotJob {
    private static final Logger LOG = Logger.getLogger(SnapshotJob.class);
    private static final String LEASE = "snapshots";

    private final SnapshotService snapshots;
    private final SnapshotRepository recorded;
    private final SignificantEvents significant;
    private final Leases leases;
    private final SnapshotConfiguration configuration;
    private final Clock clock;
    private final SnapshotPace pace;
    private final Instant begun;
    /** A try that failed is one: the next comes no sooner than after any other snapshot. */
    private volatile Instant tried = Instant.MIN;

    SnapshotJob(
            SnapshotService snapshots,
            SnapshotRepository recorded,
            SignificantEvents significant,
            Leases leases,
            SnapshotConfiguration configuration,
            Clock clock) {
        this.snapshots = snapshots;
        this.recorded = recorded;
        this.significant = significant;
        this.leases = leases;
        this.configuration = configuration;
        this.clock = clock;
        this.pace =
                new SnapshotPace(configuration.interval(), configuration.incrementalInterval(), configuration.minGap());
        this.begun = clock.instant();
    }

    @Scheduled(
            identity = "snapshot",
            every = "${everstate.snapshot.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void takeWhatIsDue() {
        var now = clock.instant();
        if (!now.isBefore(tried) && now.isBefore(tried.plus(configuration.minGap()))) {
            return;
        }
        try {
            if (due().isPresent()) {
                leases.tryAcquire(LEASE, configuration.owner(), configuration.lease())
                        .ifPresent(this::takeUnder);
            }
        } catch (ProblemException e) {
            tried = now;
            LOG.warnf("no scheduled snapshot, the next try comes in %s: %s", configuration.minGap(), e.detail());
        } catch (RuntimeException e) {
            // the next try comes by itself; nothing else stops
            tried = now;
            LOG.errorf(e, "no scheduled snapshot; the next try comes in %s", configuration.minGap());
        }
    }

    /** Another replica may have taken it while this one waited for the lease. */
    private void takeUnder(Lease lease) {
        try {
            due().ifPresent(kind -> take(kind, lease));
        } finally {
            leases.release(lease);
        }
    }

    private void take(SnapshotKind kind, Lease lease) {
        var reason = significant.taken();
        try {
            take(reason.orElse("scheduled"), kind, lease);
        } catch (RuntimeException e) {
            reason.ifPresent(significant::happened);
            throw e;
        }
    }

    private Optional<SnapshotKind> due() {
        var newest = recorded.newest().map(Snapshot::takenAt);
        var newestFull = recorded.newest(SnapshotKind.FULL).map(Snapshot::takenAt);
        return pace.due(
                new Recorded(begun, newest.orElse(null), newestFull.orElse(null)),
                significant.waiting(),
                clock.instant());
    }

    void onStop(@Observes @Priority(Projection.STOPS_FIRST + 1) ShutdownEvent event) {
        try {
            take("last", SnapshotKind.FULL, Fence.NONE);
        } catch (RuntimeException e) {
            LOG.error("no last snapshot", e);
        }
    }

    private void take(String why, SnapshotKind kind, Fence fence) {
        var snapshot = snapshots.take(kind, fence);
        LOG.infof(
                "%s snapshot %s (%s): %d bots, %d bytes",
                snapshot.kind(), snapshot.id(), why, snapshot.bots(), snapshot.bytes());
    }
}
