package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Deleted;
import io.everstate.backup.catalogue.Backup.Expired;
import io.everstate.backup.catalogue.Backup.Expiry;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.seal.Seals;
import io.everstate.contracts.backup.BackupEvent.BackupDeleted;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The end of backups in the database: which there are, which are kept by hand, which are given up, which are gone. */
@Singleton
public class Expiries implements PanacheRepositoryBase<BackupRow, UUID> {
    private static final List<Status> FINISHED = List.of(Status.COMPLETED, Status.CORRUPTED);

    private static final String DANGLING = """
            select above.id from BackupRow above join BackupRow base on above.baseId = base.id
             where above.workspace = :workspace and above.status in :finished and base.status not in :finished""";

    private static final String GIVEN_UP = "select b.* from backup b where b.status = 'EXPIRED' and "
            + SealedBackups.MAY_BE_MISSING
            + " order by b.id limit ?1";

    private final Outbox outbox;
    private final Seals seals;

    Expiries(Outbox outbox, Seals seals) {
        this.outbox = outbox;
        this.seals = seals;
    }

    /**
     * A backup that may be given up.
     *
     * @param good whether it was read back, and nothing bad was found since
     * @param safety whether it was taken to have a way back from a restore
     * @param pin why somebody wants it kept; null when nobody does
     * @param base the backup that it is built upon; null of one that needs no other
     * @param provenAt when a drill restored it last; null when none did
     */
    public record Finished(
            UUID id,
            BackupKind kind,
            Instant recordedAt,
            boolean good,
            boolean safety,
            @Nullable String pin,
            @Nullable UUID base,
            @Nullable Instant provenAt) {}

    @Transactional
    public List<Finished> finished(String workspace) {
        return list("workspace = ?1 and status in ?2", workspace, FINISHED).stream()
                .map(row -> new Finished(
                        row.id,
                        row.kind,
                        row.requestedAt,
                        row.status == Status.COMPLETED,
                        row.safety,
                        row.pin,
                        row.baseId,
                        row.provenAt))
                .toList();
    }

    /** @param reason null takes the pin away */
    @Transactional
    public void pin(UUID id, @Nullable String reason) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no backup " + id);
        }
        if (!FINISHED.contains(row.status)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "the backup is " + row.status + ": there is nothing that could be kept");
        }
        row.pin = reason;
    }

    /**
     * Looks again, whatever this transaction has read of it before. The chain of seals says so too, before its objects go.
     *
     * @throws ProblemException CONFLICT when it was pinned, or is no finished backup any more
     */
    @Transactional(TxType.MANDATORY)
    public void expire(UUID id, Expiry expiry) {
        var row = findById(id);
        if (row != null) {
            getEntityManager().refresh(row, LockModeType.PESSIMISTIC_WRITE);
        }
        if (row == null || row.pin != null || !FINISHED.contains(row.status)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "the backup " + id + " is not as it was when this was planned");
        }
        row.status = Status.EXPIRED;
        row.failure = expiry.why();
        row.remains = expiry.remains();
        row.expiredAt = expiry.at();
        seals.removed(row.workspace, id, expiry.why());
    }

    /**
     * The last look before a transaction that gives backups up is committed.
     *
     * @throws ProblemException CONFLICT when one that stays is built upon one that does not
     */
    @Transactional(TxType.MANDATORY)
    public void checkNothingDangles(String workspace) {
        var dangling = getEntityManager()
                .createQuery(DANGLING, UUID.class)
                .setParameter("workspace", workspace)
                .setParameter("finished", FINISHED)
                .getResultList();
        if (!dangling.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the backup %s needs one that was to be given up".formatted(dangling.getFirst()));
        }
    }

    /** Given up ones whose objects may still be there, and of which the bucket has the seal that says so where it has one that says that they are there. */
    @Transactional
    public List<Expired> expired(int limit) {
        return getSession()
                .createNativeQuery(GIVEN_UP, BackupRow.class)
                .setParameter(1, limit)
                .getResultStream()
                .map(row -> (Expired) row.backup())
                .toList();
    }

    /** Of two who find its objects gone, one tells. */
    @Transactional
    public void deleted(Deleted deleted) {
        var head = deleted.head();
        var row = findById(head.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.status != Status.EXPIRED) {
            return;
        }
        row.status = Status.DELETED;
        row.finishedAt = deleted.at();
        var expiry = deleted.expiry();
        outbox.add(new BackupDeleted(
                head.id(), head.workspace(), head.kind(), expiry.why(), expiry.remains(), deleted.at()));
    }
}
