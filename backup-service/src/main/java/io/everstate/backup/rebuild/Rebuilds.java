package io.everstate.backup.rebuild;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.rebuild.Findings.Count;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Status;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The rebuilds in the database, of which one runs at a time. */
@Singleton
class Rebuilds implements PanacheRepositoryBase<RebuildRow, UUID> {
    private static final Sort NEWEST_FIRST = Sort.descending("id");

    private final Findings findings;
    private final Clock clock;

    Rebuilds(Findings findings, Clock clock) {
        this.findings = findings;
        this.clock = clock;
    }

    /** @throws ConstraintViolationException when one runs, or its key is known */
    @Transactional
    UUID add(Asked asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row = new RebuildRow();
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

    /** @throws ProblemException CONFLICT when the key was used for another request */
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

    @Transactional
    Optional<UUID> running() {
        return find("status", Status.RUNNING).firstResultOptional().map(row -> row.id);
    }

    @Transactional
    void listed(UUID id, long archives) {
        update("archives = ?1 where id = ?2", archives, id);
    }

    /** @param failure null when nothing is left open */
    @Transactional
    void end(UUID id, @Nullable String failure) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row.status == Status.RUNNING) {
            row.status = failure == null ? Status.COMPLETED : Status.FAILED;
            row.failure = failure;
            row.finishedAt = clock.instant();
        }
    }

    @Transactional
    Optional<CatalogueRebuildView> findView(UUID id) {
        return findByIdOptional(id).map(this::view);
    }

    /** The newest first. */
    @Transactional
    List<CatalogueRebuildView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream().map(this::view).toList();
    }

    private CatalogueRebuildView view(RebuildRow row) {
        var counts = findings.counts(row.id);
        var done = bytes(counts, Outcome.VERIFIED, Outcome.CORRUPTED, Outcome.NOT_READ);
        return new CatalogueRebuildView(
                row.id,
                row.status,
                row.requestedAt,
                row.finishedAt,
                row.archives,
                counts.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, count -> count.getValue().number())),
                done,
                done + bytes(counts, Outcome.FOUND),
                findings.problems(row.id),
                row.failure);
    }

    private static long bytes(Map<Outcome, Count> counts, Outcome... outcomes) {
        return Stream.of(outcomes)
                .map(counts::get)
                .mapToLong(count -> count == null ? 0 : count.bytes())
                .sum();
    }
}
