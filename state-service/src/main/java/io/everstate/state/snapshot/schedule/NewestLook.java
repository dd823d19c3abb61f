package io.everstate.state.snapshot.schedule;

import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks at the newest snapshot when the service starts. */
@Singleton
class NewestLook {
    private static final Logger LOG = Logger.getLogger(NewestLook.class);

    private final SnapshotService snapshots;
    private final SnapshotValidation validation;
    private final SnapshotConfiguration configuration;
    private final Clock clock;

    NewestLook(
            SnapshotService snapshots,
            SnapshotValidation validation,
            SnapshotConfiguration configuration,
            Clock clock) {
        this.snapshots = snapshots;
        this.validation = validation;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Off the start's way: the service is ready without it. */
    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("newest-snapshot").start(this::report);
    }

    private void report() {
        try {
            switch (look()) {
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
    NewestSnapshot look() {
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
