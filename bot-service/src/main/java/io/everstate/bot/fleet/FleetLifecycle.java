package io.everstate.bot.fleet;

import io.everstate.bot.checkpoint.CheckpointConfiguration;
import io.everstate.bot.workspace.Workspace;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts and stops this replica's share of the fleet, and saves on time: checkpoints into the log, the state file into the workspace. */
@ApplicationScoped
class FleetLifecycle {
    private static final Logger LOG = Logger.getLogger(FleetLifecycle.class);
    private static final long STATE_FILE_CHECK_MILLIS = 500;
    private static final long ANNOUNCE_SECONDS = 30;
    private static final Duration SAVE_DEADLINE = Duration.ofSeconds(2);

    private final Fleet fleet;
    private final Workspace workspace;
    private final CheckpointConfiguration checkpoints;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fleet-saves").factory());
    private long writtenBegun = -1;

    FleetLifecycle(Fleet fleet, Workspace workspace, CheckpointConfiguration checkpoints, Clock clock) {
        this.fleet = fleet;
        this.workspace = workspace;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws IOException {
        workspace.initialise();
        fleet.start();
        var interval = checkpoints.interval().toMillis();
        var _ = timer.scheduleWithFixedDelay(() -> guarded(this::save), interval, interval, TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(
                () -> guarded(this::saveAfterChange),
                STATE_FILE_CHECK_MILLIS,
                STATE_FILE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(
                () -> guarded(fleet::ensureDefaultBot),
                STATE_FILE_CHECK_MILLIS,
                STATE_FILE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(
                () -> guarded(fleet::announce), ANNOUNCE_SECONDS, ANNOUNCE_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(SAVE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("a save that is under way takes longer than %s", SAVE_DEADLINE);
        }
        guarded(this::writeStateFile);
        fleet.stop();
    }

    private void save() {
        fleet.checkpointAll("periodic");
        writeStateFile();
    }

    /**
     * The state file follows every creation and start; trades and stops wait for the interval. A stop is the first step of every repair,
     * and what the repair is about must be left as it is.
     */
    private void saveAfterChange() {
        var ownerships = fleet.ownerships();
        if (!ownerships.settled()) {
            return;
        }
        var begun = ownerships.bots().stream()
                .mapToLong(state -> Objects.hash(state.id(), state.lifecycle().startedAt()))
                .sum();
        if (begun != writtenBegun && writeStateFile()) {
            writtenBegun = begun;
        }
    }

    /** Returns whether it was written: not while bots would be missing in it. */
    private boolean writeStateFile() {
        var ownerships = fleet.ownerships();
        if (!ownerships.settled() || !ownerships.blocked().isEmpty()) {
            return false;
        }
        try {
            workspace.writeState(clock.instant(), ownerships.bots());
            return true;
        } catch (IOException e) {
            LOG.errorf("the workspace's state file was not written: %s", e);
            return false;
        }
    }

    /** A timer never runs again after a failure; this one must. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("saving on time failed; the next interval tries again", e);
        }
    }
}
