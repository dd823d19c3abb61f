package io.everstate.state.snapshot.validation;

import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

@Singleton
@Transactional
class ValidationResults implements PanacheRepositoryBase<ValidationResult, Long> {
    private final SnapshotRepository snapshots;

    ValidationResults(SnapshotRepository snapshots) {
        this.snapshots = snapshots;
    }

    /** Keeps what a look found, and lets the snapshot say it. */
    void keep(Snapshot snapshot, ValidationResult result) {
        persist(result);
        snapshots.judged(snapshot, result.valid);
    }
}
