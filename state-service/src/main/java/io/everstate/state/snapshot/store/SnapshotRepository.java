package io.everstate.state.snapshot.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
@Transactional
public class SnapshotRepository implements PanacheRepositoryBase<Snapshot, Long> {
    private static final Sort NEWEST_FIRST = Sort.descending("key");

    public Optional<Snapshot> find(UUID id) {
        return find("id", id).firstResultOptional();
    }

    /** @throws ProblemException when there is none */
    public Snapshot known(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no snapshot " + id));
    }

    /** One whose content may be used. */
    public Snapshot valid(UUID id) {
        var snapshot = known(id);
        if (!snapshot.valid) {
            throw new SnapshotCorruptException(id);
        }
        return snapshot;
    }

    public Optional<Snapshot> newest() {
        return findAll(NEWEST_FIRST).firstResultOptional();
    }

    /** The newest first. */
    public List<Snapshot> newest(int limit) {
        return findAll(NEWEST_FIRST).page(0, limit).list();
    }

    /** What a look at it found. */
    public void judged(Snapshot snapshot, boolean valid) {
        update("valid = ?1 where key = ?2", valid, snapshot.key);
    }
}
