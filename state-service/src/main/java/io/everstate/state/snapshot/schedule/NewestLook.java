package io.everstate.state.snapshot.schedule;

import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Looks at the newest snapshot. */
@Singleton
public class NewestLook {
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

    /** Validates the newest snapshot again and says how old it is. */
    public NewestSnapshot look() {
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
