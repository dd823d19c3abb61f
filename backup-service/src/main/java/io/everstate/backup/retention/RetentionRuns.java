package io.everstate.backup.retention;

import io.everstate.backup.bucket.DeletionGuard.Permission;
import io.everstate.backup.catalogue.Backup.Expiry;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Expiries;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.retention.RetentionPlan.Deleted;
import io.everstate.contracts.backup.BackupEvent.RetentionRefused;
import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.contracts.backup.RetentionRunView.Status;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The clean-ups in the database. One is a single transaction: planned, and all of it given up, or nothing. */
@Singleton
class RetentionRuns implements PanacheRepositoryBase<RetentionRunRow, UUID> {
    private static final Logger LOG = Logger.getLogger(RetentionRuns.class);

    /** Who asks for the clean-ups that nobody asks for. */
    static final String BY_ITSELF = "schedule";

    private static final Sort NEWEST_FIRST = Sort.descending("id");

    private final Expiries expiries;
    private final Retention retention;
    private final Outbox outbox;
    private final Clock clock;

    RetentionRuns(Expiries expiries, Retention retention, Outbox outbox, Clock clock) {
        this.expiries = expiries;
        this.retention = retention;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    UUID add(Wanted wanted, Asked asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row = new RetentionRunRow();
        row.id = TimeOrderedUuid.at(now);
        row.workspace = wanted.workspace();
        row.backupId = wanted.backup();
        row.reason = wanted.reason();
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

    @Transactional
    Set<String> workspacesWaiting() {
        return new HashSet<>(find("select distinct workspace from RetentionRunRow where status = ?1", Status.REQUESTED)
                .project(String.class)
                .list());
    }

    @Transactional
    Optional<UUID> nextWaiting(String workspace) {
        return find("workspace = ?1 and status = ?2 order by id", workspace, Status.REQUESTED)
                .firstResultOptional()
                .map(row -> row.id);
    }

    /** Of those by policy. */
    @Transactional
    Optional<Instant> newest(String workspace) {
        return find("workspace = ?1 and backupId is null order by requestedAt desc", workspace)
                .firstResultOptional()
                .map(row -> row.requestedAt);
    }

    /**
     * Lets the one that came by itself run once more if it was refused: a rebuild ends, and unknown archives are taken up.
     *
     * @param due it was asked for then or later
     * @param before it was refused then or earlier
     */
    @Transactional
    void again(String workspace, Instant due, Instant before) {
        update(
                "status = ?1 where workspace = ?2 and requestedBy = ?3 and status = ?4 and requestedAt >= ?5 and finishedAt <= ?6",
                Status.REQUESTED,
                workspace,
                BY_ITSELF,
                Status.REFUSED,
                due,
                before);
    }

    /**
     * Under the workspace's lease, so that no backup ends and no restore reads meanwhile.
     *
     * @param permission what may be deleted, whatever is planned
     * @throws LeaseLostException when it is another's by now; then nothing was given up
     */
    @Transactional
    RetentionRunView execute(UUID id, Permission permission, Lease lease) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row.status != Status.REQUESTED) {
            return row.view();
        }
        var toldBefore = row.refusal;
        var plan = retention.plan(row.wanted(), permission.whole()::contains);
        row.finishedAt = clock.instant();
        row.refusal = permission.refusal() == null ? plan.refusal() : permission.refusal();
        row.status = row.refusal == null ? Status.COMPLETED : Status.REFUSED;
        var deletions = plan.deletions();
        if (row.refusal == null) {
            for (var deletion : deletions) {
                expiries.expire(deletion.point().id(), new Expiry(deletion.why(), deletion.remains(), row.finishedAt));
            }
            expiries.checkNothingDangles(row.workspace);
            row.deleted = deletions.size();
        } else if (!row.refusal.equals(toldBefore)) {
            tell(row, row.refusal, deletions);
        }
        lease.check();
        return row.view();
    }

    private void tell(RetentionRunRow row, String refusal, List<Deleted> deletions) {
        LOG.errorf("No backup of %s was cleaned up: %s", row.workspace, refusal);
        if (row.backupId == null && !deletions.isEmpty()) {
            var newest = deletions.getFirst().point().id();
            outbox.add(new RetentionRefused(newest, row.workspace, refusal, Objects.requireNonNull(row.finishedAt)));
        }
    }

    @Transactional
    Optional<RetentionRunView> findView(UUID id) {
        return findByIdOptional(id).map(RetentionRunRow::view);
    }

    /** The newest first. */
    @Transactional
    List<RetentionRunView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream()
                .map(RetentionRunRow::view)
                .toList();
    }
}
