package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.verification.DeepRead.Outcome;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Status;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The verifications in the database. One that began goes on where it was, whoever has the lease: what was found of an archive is written with it, and that
 * archive is not read again. Each change happens only under the fence of who runs it.
 */
@Singleton
class Verifications implements PanacheRepositoryBase<VerificationRow, UUID> {
    private static final Sort NEWEST_FIRST = Sort.descending("id");
    private static final List<Status> UNFINISHED = List.of(Status.REQUESTED, Status.RUNNING);
    private static final String RESTORING =
            "select exists(select 1 from restore where workspace = :workspace and status = 'RUNNING')";

    private final Findings findings;
    private final Proofs proofs;
    private final Clock clock;

    Verifications(Findings findings, Proofs proofs, Clock clock) {
        this.findings = findings;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * What to read.
     *
     * @param backupId null = all of the workspace
     * @param askedAt what was asked for later is not read
     */
    record Order(UUID id, String workspace, @Nullable UUID backupId, Instant askedAt) {}

    @Transactional
    UUID add(String workspace, @Nullable UUID backupId, Asked asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row = new VerificationRow();
        row.id = TimeOrderedUuid.at(now);
        row.workspace = workspace;
        row.backupId = backupId;
        row.status = Status.REQUESTED;
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

    /** The oldest that waits or was left unfinished; of one that runs, too, so ask only with the lease. */
    @Transactional
    Optional<UUID> nextUnfinished() {
        return find("status in ?1 order by id", UNFINISHED)
                .firstResultOptional()
                .map(row -> row.id);
    }

    /** Backups that were to be read by themselves, and were asked for since. */
    @Transactional
    Set<UUID> triedSince(Instant then) {
        return new HashSet<>(
                find("select backupId from VerificationRow where backupId is not null and requestedAt > ?1", then)
                        .project(UUID.class)
                        .list());
    }

    /** The newest verification of one backup alone. */
    @Transactional
    Optional<UUID> newestOf(UUID backupId) {
        return find("backupId = ?1 order by id desc", backupId)
                .firstResultOptional()
                .map(row -> row.id);
    }

    /** From now on it runs under this fence, whatever it ran under before: only the holder of the lease calls it. */
    @Transactional
    Order take(UUID id, long fence) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        var order = new Order(id, row.workspace, row.backupId, row.requestedAt);
        if (row.status == Status.REQUESTED) {
            var waiting = candidates(order);
            row.status = Status.RUNNING;
            row.startedAt = clock.instant();
            row.archives = waiting.size();
            row.bytesTotal = waiting.stream()
                    .mapToLong(backup -> backup.archive().bytes())
                    .sum();
        }
        row.fence = fence;
        row.bytesDone = done(id);
        return order;
    }

    /** What is to be read next; the one that was not read for the longest time. */
    @Transactional
    Optional<Completed> next(Order order) {
        var read = findings.backups(order.id());
        return candidates(order).stream()
                .filter(backup -> !read.contains(backup.head().id()))
                .findFirst();
    }

    private List<Completed> candidates(Order order) {
        return proofs.completed(order.workspace(), order.askedAt()).stream()
                .filter(backup -> order.backupId() == null
                        || order.backupId().equals(backup.head().id()))
                .toList();
    }

    /** Whether a restore of the workspace waits or runs. */
    @Transactional
    boolean restoring(String workspace) {
        return (Boolean) getEntityManager()
                .createNativeQuery(RESTORING, Boolean.class)
                .setParameter("workspace", workspace)
                .getSingleResult();
    }

    /** @param bytes of the archive that is read now */
    @Transactional
    void progress(UUID id, long fence, long bytes) {
        locked(id, fence).bytesDone = done(id) + bytes;
    }

    @Transactional
    Finding found(UUID id, long fence, Completed backup, Outcome outcome, long bytes) {
        var row = locked(id, fence);
        var finding = findings.add(id, backup, outcome, bytes);
        row.bytesDone = done(id);
        return finding;
    }

    /** @param failure null when all was read */
    @Transactional
    void ended(UUID id, long fence, @Nullable String failure) {
        var row = locked(id, fence);
        row.status = failure == null ? Status.COMPLETED : Status.FAILED;
        row.failure = failure;
        row.finishedAt = clock.instant();
    }

    private long done(UUID id) {
        return findings.of(id).stream().mapToLong(Finding::bytes).sum();
    }

    private VerificationRow locked(UUID id, long fence) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.status != Status.RUNNING || row.fence == null || row.fence != fence) {
            throw new LeaseLostException("verification:" + id);
        }
        return row;
    }

    @Transactional
    Optional<VerificationView> findView(UUID id) {
        return findByIdOptional(id).map(this::view);
    }

    /** The newest first. */
    @Transactional
    List<VerificationView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream().map(this::view).toList();
    }

    private VerificationView view(VerificationRow row) {
        return row.view(findings.of(row.id), clock.instant());
    }
}
