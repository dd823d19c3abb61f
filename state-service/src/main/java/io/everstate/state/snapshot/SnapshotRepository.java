package io.everstate.state.snapshot;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
@Transactional
class SnapshotRepository implements PanacheRepositoryBase<Snapshot, Long> {
    private static final Sort NEWEST_FIRST = Sort.descending("key");

    Optional<Snapshot> find(UUID id) {
        return find("id", id).firstResultOptional();
    }

    Optional<Snapshot> newest() {
        return findAll(NEWEST_FIRST).firstResultOptional();
    }

    /** The newest first. */
    List<Snapshot> newest(int limit) {
        return findAll(NEWEST_FIRST).page(0, limit).list();
    }

    /** Keeps what a look at it found, and lets the snapshot say it. */
    void judged(Snapshot snapshot, ValidationResult result) {
        getEntityManager().persist(result);
        update("valid = ?1 where key = ?2", result.valid, snapshot.key);
    }
}
