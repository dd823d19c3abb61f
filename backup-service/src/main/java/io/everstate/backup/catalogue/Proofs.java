package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Proof;
import io.everstate.backup.catalogue.Backup.Proven;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
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
import java.util.Optional;
import java.util.UUID;

/** When completed backups were last shown to be good: read from storage, or restored by a drill. */
@Singleton
public class Proofs implements PanacheRepositoryBase<BackupRow, UUID> {
    private static final String LONGEST_UNREAD_FIRST = " order by verifiedAt, id";

    /** Those of a workspace that were asked for by then; the one that was not read for the longest time first. */
    @Transactional
    public List<Completed> completed(String workspace, Instant askedBy) {
        return list(
                        "workspace = ?1 and status = ?2 and requestedAt <= ?3" + LONGEST_UNREAD_FIRST,
                        workspace,
                        Status.COMPLETED,
                        askedBy)
                .stream()
                .map(row -> (Completed) row.backup())
                .toList();
    }

    /** Those of all workspaces that were not read since; in the same order. */
    @Transactional
    public List<Completed> unreadSince(Instant then) {
        return list("status = ?1 and verifiedAt < ?2" + LONGEST_UNREAD_FIRST, Status.COMPLETED, then).stream()
                .map(row -> (Completed) row.backup())
                .toList();
    }

    /** Whether it is a backup still; no other transaction changes that before this one ends. */
    @Transactional(TxType.MANDATORY)
    public boolean holds(Completed completed) {
        return locked(completed.head().id()).status == Status.COMPLETED;
    }

    /** To be called only after all of its archive was read from storage and every sum agreed. */
    @Transactional(TxType.MANDATORY)
    public void readAgain(Completed completed, Instant at) {
        locked(completed.head().id()).verifiedAt = at;
    }

    /**
     * Of two proofs the newer one stays, in whatever order they come.
     *
     * @throws ProblemException NOT_FOUND, CORRUPT, or CONFLICT when it is not completed
     */
    @Transactional
    public BackupView prove(UUID id, Proof proof) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw unknown(id);
        }
        var proven = completed(row.backup()).prove(proof).proof();
        if (row.provenAt == null || proven.at().isAfter(row.provenAt)) {
            row.provenAt = proven.at();
            row.proofDrill = proven.drillRun();
            row.proofCompared = proven.compared();
        }
        return row.view();
    }

    /** @throws ProblemException NOT_FOUND, CORRUPT, or CONFLICT when it is not completed */
    @Transactional
    public Completed completed(UUID id) {
        return completed(findByIdOptional(id).orElseThrow(() -> unknown(id)).backup());
    }

    private static Completed completed(Backup backup) {
        return switch (backup) {
            case Completed completed -> completed;
            case Corrupted corrupted ->
                throw new ProblemException(ProblemType.CORRUPT, "the backup is corrupted: " + corrupted.what());
            default -> throw new ProblemException(ProblemType.CONFLICT, "the backup is not completed");
        };
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no backup " + id);
    }

    /** Safety backups, which may lack files, left out. */
    @Transactional
    public Optional<Completed> newest(String workspace, BackupKind kind) {
        return find(
                        "workspace = ?1 and kind = ?2 and status = ?3 and not safety order by id desc",
                        workspace,
                        kind,
                        Status.COMPLETED)
                .firstResultOptional()
                .map(row -> (Completed) row.backup());
    }

    /** The one of a workspace that a drill restored last. */
    @Transactional
    public Optional<Proven> newestProven(String workspace) {
        return find(
                        "workspace = ?1 and status = ?2 and provenAt is not null order by provenAt desc, id desc",
                        workspace,
                        Status.COMPLETED)
                .firstResultOptional()
                .map(row -> (Proven) row.backup());
    }

    /** The newest of those that hold all of a workspace, safety backups left out, and that a drill restored, whenever that was. */
    @Transactional
    public Optional<Proven> newestProvenWhole(String workspace) {
        return find(
                        "workspace = ?1 and kind in ?2 and status = ?3 and not safety and provenAt is not null order by id desc",
                        workspace,
                        Chains.WHOLE,
                        Status.COMPLETED)
                .firstResultOptional()
                .map(row -> (Proven) row.backup());
    }

    private BackupRow locked(UUID id) {
        var row = findById(id);
        getEntityManager().refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }
}
