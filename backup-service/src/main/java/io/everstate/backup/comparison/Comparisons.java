package io.everstate.backup.comparison;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Status;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The comparisons in the database, of which one runs at a time, and the sweeps that were asked for. */
@Singleton
class Comparisons implements PanacheRepositoryBase<ComparisonRow, UUID> {
    private static final Sort NEWEST_FIRST = Sort.descending("id");

    private final Differences differences;
    private final Clock clock;

    Comparisons(Differences differences, Clock clock) {
        this.differences = differences;
        this.clock = clock;
    }

    /** @return its id; that of the first one for the same request with the same key */
    UUID request(Asked asked) {
        return findRepeated(asked).orElseGet(() -> {
            try {
                return add(asked);
            } catch (ConstraintViolationException e) {
                return findRepeated(asked)
                        .orElseThrow(() -> new ProblemException(ProblemType.CONFLICT, "another comparison runs", e));
            }
        });
    }

    @Transactional
    UUID add(Asked asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row = new ComparisonRow();
        row.id = TimeOrderedUuid.at(now);
        row.status = Status.RUNNING;
        row.requestedBy = asked.by();
        row.requestedAt = now;
        row.idempotencyKey = asked.idempotencyKey();
        row.fingerprint = asked.fingerprint();
        persist(row);
        flush();
        return row.id;
    }

    @Transactional
    Optional<UUID> findRepeated(Asked asked) {
        if (asked.idempotencyKey() == null) {
            return Optional.empty();
        }
        return find("requestedBy = ?1 and idempotencyKey = ?2", asked.by(), asked.idempotencyKey())
                .firstResultOptional()
                .map(row -> {
                    if (!asked.equals(new Asked(row.requestedBy, row.idempotencyKey, row.fingerprint))) {
                        throw new ProblemException(
                                ProblemType.CONFLICT, "the Idempotency-Key was used for another request");
                    }
                    return row.id;
                });
    }

    /**
     * Begins the one that was asked for by that key anew if it failed: the storage answers again.
     *
     * @param before it failed then or earlier
     */
    @Transactional
    void again(String by, String key, Instant before) {
        update(
                "status = ?1, failure = null, finishedAt = null where requestedBy = ?2 and idempotencyKey = ?3 and status = ?4 and finishedAt <= ?5",
                Status.RUNNING,
                by,
                key,
                Status.FAILED,
                before);
    }

    @Transactional
    Optional<UUID> running() {
        return find("status", Status.RUNNING).firstResultOptional().map(row -> row.id);
    }

    @Transactional
    Optional<Instant> newest() {
        return findAll(NEWEST_FIRST).firstResultOptional().map(row -> row.requestedAt);
    }

    /** One transaction: a report is whole or not there. */
    @Transactional
    void completed(UUID id, long objects, List<Difference> found) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row.status == Status.RUNNING) {
            row.status = Status.COMPLETED;
            row.objects = objects;
            row.finishedAt = clock.instant();
            differences.add(id, found);
        }
    }

    @Transactional
    void failed(UUID id, String why) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row.status == Status.RUNNING) {
            row.status = Status.FAILED;
            row.failure = why;
            row.finishedAt = clock.instant();
        }
    }

    /** @throws ProblemException NOT_FOUND, or CONFLICT when it has no report or was asked for already */
    @Transactional
    void requestSweep(UUID id, String by) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no comparison " + id);
        }
        if (row.status != Status.COMPLETED || row.sweep == Sweep.RUNNING) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "it has no report yet, or a sweep of what it names runs already");
        }
        row.sweep = Sweep.RUNNING;
        row.sweepBy = by;
        row.sweepRefusal = null;
    }

    /** A comparison whose orphans are to be removed, and who wants it. */
    record Wanted(UUID id, String by) {}

    @Transactional
    Optional<Wanted> sweepWanted() {
        return find("sweep = ?1 order by id", Sweep.RUNNING)
                .firstResultOptional()
                .map(row -> new Wanted(row.id, String.valueOf(row.sweepBy)));
    }

    /** @param refusal why nothing more is removed; null when all was */
    @Transactional
    void sweepEnded(UUID id, @Nullable String refusal) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        row.sweep = refusal == null ? Sweep.COMPLETED : Sweep.REFUSED;
        row.sweepRefusal = refusal;
    }

    @Transactional
    Optional<BucketComparisonView> findView(UUID id) {
        return findByIdOptional(id).map(this::view);
    }

    /** The newest first. */
    @Transactional
    List<BucketComparisonView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream().map(this::view).toList();
    }

    private BucketComparisonView view(ComparisonRow row) {
        return new BucketComparisonView(
                row.id,
                row.status,
                row.requestedAt,
                row.finishedAt,
                row.objects,
                differences.counts(row.id),
                differences.first(row.id),
                row.failure,
                row.sweep,
                differences.swept(row.id),
                row.sweepRefusal);
    }
}
