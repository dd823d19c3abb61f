package io.everstate.state.snapshot.schedule;

import io.everstate.state.projection.Projection;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Takes snapshots by itself, and looks at the newest one when the service starts. */
@Singleton
class SnapshotJob {
    private static final Logger LOG = Logger.getLogger(SnapshotJob.class);

    private final SnapshotService snapshots;
    private final SnapshotValidation validation;
    private final SnapshotConfiguration configuration;
    private final Clock clock;

    SnapshotJob(
            SnapshotService snapshots,
            SnapshotValidation validation,
            SnapshotConfiguration configuration,
            Clock clock) {
        this.snapshots = snapshots;
        this.validation = validation;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Scheduled(
            identity = "snapshot",
            every = "${everstate.snapshot.interval}",
            delayed = "${everstate.snapshot.interval}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void takeRegularly() {
        take("scheduled");
    }

    /** Off the start's way: the service is ready without it. */
    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("newest-snapshot").start(this::reportNewest);
    }

    void onStop(@Observes @Priority(Projection.STOPS_FIRST + 1) ShutdownEvent event) {
        take("last");
    }

    private void take(String which) {
        try {
            var snapshot = snapshots.take(SnapshotKind.FULL);
            LOG.infof("%s snapshot %s: %d bots, %d bytes", which, snapshot.id(), snapshot.bots(), snapshot.bytes());
        } catch (RuntimeException e) {
            // the next one comes at the next interval; nothing else stops
            LOG.errorf(e, "no %s snapshot", which);
        }
    }

    private void reportNewest() {
        try {
            switch (lookAtNewest()) {
                case NewestSnapshot.None _ -> LOG.info("there is no snapshot yet");
                case NewestSnapshot.Good(var snapshot, var age) ->
                    LOG.infof("the newest snapshot %s is valid, %d min old", snapshot.id(), age.toMinutes());
                case NewestSnapshot.Stale(var snapshot, var age) ->
                    LOG.warnf(
                            "the newest snapshot %s is valid, but %d min old (limit %d)",
                            snapshot.id(),
                            age.toMinutes(),
                            configuration.staleAfter().toMinutes());
                case NewestSnapshot.Invalid(var snapshot, var validation) ->
                    LOG.errorf("the newest snapshot %s is not valid: %s", snapshot.id(), validation.findings());
            }
        } catch (RuntimeException e) {
            LOG.error("the newest snapshot was not looked at", e);
        }
    }

    /** Validates the newest snapshot again and says how old it is. */
    NewestSnapshot lookAtNewest() {
        var newest = snapshots.newest();
        if (newest.isEmpty()) {
            return new NewestSnapshot.None();
        }
        var snapshot = newest.get();
        var validated = validation.validate(snapshot.id());
        if (!validated.valid()) {
            return new NewestSnapshot.Invalid(snapshot, validated);
        }
        var age = Duration.between(snapshot.takenAt(), clock.instant());
        return age.compareTo(configuration.staleAfter()) > 0
                ? new NewestSnapshot.Stale(snapshot, age)
                : new NewestSnapshot.Good(snapshot, age);
    }
}
