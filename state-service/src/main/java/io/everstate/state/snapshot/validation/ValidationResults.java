package io.everstate.state.snapshot.validation;

import io.everstate.state.content.Verdict;
import io.everstate.state.lease.Fence;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import org.hibernate.Session;

@Singleton
@Transactional
class ValidationResults implements PanacheRepositoryBase<ValidationResult, Long> {
    private final SnapshotRepository snapshots;

    private final Clock clock;

    ValidationResults(SnapshotRepository snapshots, Clock clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /**
     * Keeps what a look found, and lets the snapshot say whether it may be used.
     *
     * @return when that was
     * @throws io.everstate.state.lease.LeaseLostException nothing is kept of a look that another replica made anew by now
     */
    Instant keep(Snapshot snapshot, Verdict verdict, boolean usable, Fence fence) {
        getEntityManager().unwrap(Session.class).doWork(fence::check);
        var result = new ValidationResult(snapshot.key(), clock.instant(), verdict);
        persist(result);
        snapshots.judged(snapshot, usable);
        return result.validatedAt;
    }
}
