package io.everstate.state.restore.start;

import io.everstate.state.snapshot.schedule.NewestLook;
import io.everstate.state.snapshot.schedule.NewestSnapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import jakarta.inject.Singleton;

/** Whether there is a snapshot that can be gone back to: the newest, or else the one before, and so on. */
@Singleton
final class SnapshotCheck {
    private static final int MOST_TRIED = 10;

    private final NewestLook newest;
    private final SnapshotRepository snapshots;
    private final SnapshotValidation validation;

    SnapshotCheck(NewestLook newest, SnapshotRepository snapshots, SnapshotValidation validation) {
        this.newest = newest;
        this.snapshots = snapshots;
        this.validation = validation;
    }

    void look(StartFindings findings) {
        switch (newest.look()) {
            case NewestSnapshot.None _ -> findings.fact("there is no snapshot yet");
            case NewestSnapshot.Good(var snapshot, var age) ->
                findings.fact("the newest snapshot %s is valid, %d min old".formatted(snapshot.id(), age.toMinutes()));
            case NewestSnapshot.Stale(var snapshot, var age) ->
                findings.broken(
                        "the newest snapshot %s is valid, but %d min old".formatted(snapshot.id(), age.toMinutes()));
            case NewestSnapshot.Invalid(var snapshot, var found) -> {
                findings.broken("the newest snapshot %s is not valid: %s"
                        .formatted(snapshot.id(), String.join("; ", found.findings())));
                older(findings);
            }
        }
    }

    private void older(StartFindings findings) {
        for (int tried = 0; tried < MOST_TRIED; tried++) {
            var next = snapshots.newestValid();
            if (next.isEmpty()) {
                findings.broken("no older snapshot is valid either; the log alone remains");
                return;
            }
            if (validation.validate(next.get().id()).valid()) {
                findings.fact("the newest that is valid is %s of %s"
                        .formatted(next.get().id(), next.get().takenAt()));
                return;
            }
            findings.broken(
                    "snapshot %s is not valid either".formatted(next.get().id()));
        }
    }
}
