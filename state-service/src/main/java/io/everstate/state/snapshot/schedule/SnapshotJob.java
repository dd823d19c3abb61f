package io.everstate.state.snapshot.schedule;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.lease.Lease;
import io.everstate.state.projection.Projection;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.Turns;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots by itself. What is due is asked of the database, so that it is due once, however many replicas and restarts there are; one
 * replica at a time takes them.
 */
@Singleton
class SnapshotJob {
    private static final Logger LOG = Logger.getLogger(SnapshotJob.class);
    /** So long the end of the service waits for a snapshot that is being taken. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final SnapshotService snapshots;
    private final SnapshotRepository recorded;
    private final SignificantEvents significant;
    private final Turns turns;
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
            Turns turns,
            SnapshotConfiguration configuration,
            Clock clock) {
        this.snapshots = snapshots;
        this.recorded = recorded;
        this.significant = significant;
        this.turns = turns;
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
                turns.within(Duration.ZERO, this::takeStillDue);
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

    /** Another replica may have taken it right before. */
    private Optional<SnapshotView> takeStillDue(Lease lease) {
        return due().map(kind -> take(kind, lease));
    }

    private SnapshotView take(SnapshotKind kind, Lease lease) {
        var reason = significant.taken();
        try {
            return take(
                    reason.or(() -> significant.modeChanged(modeKnownUpTo())).orElse("scheduled"), kind, lease);
        } catch (RuntimeException e) {
            reason.ifPresent(significant::happened);
            throw e;
        }
    }

    private Optional<SnapshotKind> due() {
        var newest = recorded.newestPoint().map(Snapshot::takenAt);
        var newestFull = recorded.newestPoint(SnapshotKind.FULL).map(Snapshot::takenAt);
        return pace.due(
                new Recorded(begun, newest.orElse(null), newestFull.orElse(null)),
                significant.waiting(modeKnownUpTo()),
                clock.instant());
    }

    private @Nullable Instant modeKnownUpTo() {
        return recorded.newest().map(Snapshot::modeKnownUpTo).orElse(null);
    }

    void onStop(@Observes @Priority(Projection.STOPS_FIRST + 1) ShutdownEvent event) {
        try {
            var last = turns.within(PATIENCE_AT_THE_END, lease -> take("last", SnapshotKind.FULL, lease));
            if (last.isEmpty()) {
                LOG.warnf("no last snapshot: another one is being taken for more than %s", PATIENCE_AT_THE_END);
            }
        } catch (RuntimeException e) {
            LOG.error("no last snapshot", e);
        }
    }

    private SnapshotView take(String why, SnapshotKind kind, Lease lease) {
        var snapshot = snapshots.takeInTurn(kind, lease);
        LOG.infof(
                "%s snapshot %s (%s): %d bots, %d bytes",
                snapshot.kind(), snapshot.id(), why, snapshot.bots(), snapshot.bytes());
        return snapshot;
    }
}
