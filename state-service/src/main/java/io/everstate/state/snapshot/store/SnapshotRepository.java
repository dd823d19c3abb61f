package io.everstate.state.snapshot.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Singleton
@Transactional
public class SnapshotRepository implements PanacheRepositoryBase<Snapshot, Long> {
    /** So many links at most, a FULL one included: more would be a loop, or a restore without end. */
    public static final int LONGEST_CHAIN = 100;

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

    /** The one that was taken for this request. */
    public Optional<Snapshot> find(SnapshotOrigin.Request request) {
        return find("askedBy = ?1 and idempotencyKey = ?2", request.by(), request.key())
                .firstResultOptional();
    }

    public Optional<Snapshot> newest() {
        return findAll(NEWEST_FIRST).firstResultOptional();
    }

    public Optional<Snapshot> newestValid() {
        return find("valid", NEWEST_FIRST, true).firstResultOptional();
    }

    /** The newest one that was taken to be gone back to. */
    public Optional<Snapshot> newestPoint() {
        return find("purpose", NEWEST_FIRST, SnapshotPurpose.RESTORE_POINT).firstResultOptional();
    }

    public Optional<Snapshot> newestPoint(SnapshotKind kind) {
        return find("purpose = ?1 and kind = ?2", NEWEST_FIRST, SnapshotPurpose.RESTORE_POINT, kind)
                .firstResultOptional();
    }

    public Optional<Snapshot> newestValidPoint() {
        return find("valid and purpose = ?1", NEWEST_FIRST, SnapshotPurpose.RESTORE_POINT)
                .firstResultOptional();
    }

    /** Valid ones that are newer than this one and were taken for something else than to be gone back to, the newest first. */
    public List<Snapshot> othersBehind(Snapshot point, int limit) {
        return find("valid and purpose <> ?1 and key > ?2", NEWEST_FIRST, SnapshotPurpose.RESTORE_POINT, point.key)
                .page(0, limit)
                .list();
    }

    /** The snapshot, what it builds on, and so on; the last one is FULL, unless something is missing or the chain is too long. */
    public List<Snapshot> chain(Snapshot snapshot) {
        var chain = new ArrayList<Snapshot>();
        var link = Optional.of(snapshot);
        while (link.isPresent() && chain.size() < LONGEST_CHAIN) {
            chain.add(link.get());
            link = Optional.ofNullable(link.get().base).flatMap(this::find);
        }
        return List.copyOf(chain);
    }

    /** The newest first. */
    public List<Snapshot> newest(int limit) {
        return findAll(NEWEST_FIRST).page(0, limit).list();
    }

    /** The newest first of those that were recorded before this key. */
    public List<Snapshot> before(long key, int limit) {
        return find("key < ?1", NEWEST_FIRST, key).page(0, limit).list();
    }

    /** Those that count as valid and are older than this one, the newest first. */
    public List<Snapshot> validBefore(Snapshot snapshot, int limit) {
        return find("valid and key < ?1", NEWEST_FIRST, snapshot.key)
                .page(0, limit)
                .list();
    }

    /** The newest valid FULL one before this one. */
    public Optional<Snapshot> fullBefore(Snapshot snapshot) {
        return find("valid and kind = ?1 and key < ?2", NEWEST_FIRST, SnapshotKind.FULL, snapshot.key)
                .firstResultOptional();
    }

    /**
     * Those that did not verify and were taken until then, the newest first.
     *
     * @param older only those that are newer than this one; null for all
     */
    public List<Snapshot> invalidBetween(@Nullable Snapshot older, Instant until, int limit) {
        var key = older == null ? 0 : older.key;
        return find("not valid and key > ?1 and takenAt <= ?2", NEWEST_FIRST, key, until)
                .page(0, limit)
                .list();
    }

    /** What a look at it found. */
    public void judged(Snapshot snapshot, boolean valid) {
        update("valid = ?1 where key = ?2", valid, snapshot.key);
    }
}
