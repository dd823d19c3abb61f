package io.everstate.state.restore.start;

import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Kind;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.state.projection.ProjectionStatus;
import io.everstate.state.restore.record.RecoveryLog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Looks at what there is when the service starts: snapshots, offsets against the log, states. Says it in one line, writes it down, and goes on
 * whatever it is: what is broken here is made good from the log or by a person, and a service that does not start helps neither.
 *
 * <p>The offsets are looked at first, for folding moves them. What reads every state waits until the partitions are taken up, which reads them
 * too: beside each other both take twice as long, and only one of them is waited for.
 */
@Singleton
class StartLook {
    private static final Logger LOG = Logger.getLogger(StartLook.class);
    /** A group that gives no partitions within this time is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ProjectionStatus projection;
    private final SnapshotCheck snapshots;
    private final OffsetCheck offsets;
    private final StateCheck states;
    private final RecoveryLog log;
    private final StartConfiguration configuration;
    private final Clock clock;

    StartLook(
            ProjectionStatus projection,
            SnapshotCheck snapshots,
            OffsetCheck offsets,
            StateCheck states,
            RecoveryLog log,
            StartConfiguration configuration,
            Clock clock) {
        this.projection = projection;
        this.snapshots = snapshots;
        this.offsets = offsets;
        this.states = states;
        this.log = log;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Off the start's way: the service is ready without it. */
    void onStart(@Observes StartupEvent event) {
        var begin = clock.instant();
        Thread.ofVirtual().name("start-look").start(() -> report(begin));
    }

    private void report(Instant begin) {
        var view = look(begin);
        var line = "found at the start, %s, in %d ms: %s".formatted(view.status(), view.took(), view.findings());
        if (view.status() == Status.COMPLETED) {
            LOG.info(line);
        } else {
            LOG.warn(line);
        }
        try {
            log.keepEnded(view);
        } catch (RuntimeException e) {
            LOG.error("what was found at the start is not written down", e);
        }
    }

    /** COMPLETED when all is well, PARTLY when something is broken, FAILED when it could not be looked at. */
    StateRestoreView look(Instant begin) {
        var findings = new StartFindings();
        List<Consumer<StartFindings>> looks =
                List.of(offsets::look, this::lookAtSnapshots, found -> states.look(found, configuration.states()));
        var failed = 0;
        for (var look : looks) {
            try {
                look.accept(findings);
            } catch (RuntimeException e) {
                LOG.debug("a look at the start failed", e);
                failed++;
                findings.broken("not looked at: " + e.getMessage());
            }
        }
        var status = failed == looks.size() ? Status.FAILED : findings.isWell() ? Status.COMPLETED : Status.PARTLY;
        return view(begin, status, findings);
    }

    private void lookAtSnapshots(StartFindings findings) {
        awaitProjection(findings);
        snapshots.look(findings);
    }

    private void awaitProjection(StartFindings findings) {
        try {
            if (!projection.awaitBegun(PATIENCE)) {
                findings.broken("no partitions were taken up within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StateRestoreView view(Instant begin, Status status, StartFindings findings) {
        return new StateRestoreView(
                TimeOrderedUuid.at(begin),
                Kind.START,
                status,
                false,
                configuration.owner(),
                null,
                begin,
                clock.instant(),
                null,
                findings.sentences(),
                null,
                0,
                findings.bots(),
                0,
                findings.brokenBots(),
                0,
                0,
                0,
                100);
    }
}
