package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.store.ExpectedArchives;
import io.everstate.contracts.backup.BackupEvent.BackupCompleted;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupEvent.BackupFailed;
import io.everstate.contracts.backup.BackupEvent.BackupStarted;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The backups in the database. Each transition is one transaction, with its event, and happens only from the state it is a transition of
 * and under the same fence: of two who believe that a backup is theirs, one finds that it is not.
 */
@Singleton
public class Catalogue implements PanacheRepositoryBase<BackupRow, UUID>, ExpectedArchives {
    private static final List<Status> UNFINISHED = List.of(Status.REQUESTED, Status.RUNNING, Status.UPLOADED);

    private static final List<Status> LOST = List.of(Status.FAILED, Status.CORRUPTED);

    private static final Sort NEWEST_FIRST = Sort.descending("id");

    private static final String UNSWEPT = "select b.* from backup b where b.status = 'FAILED' and not b.swept and "
            + SealedBackups.MAY_BE_MISSING
            + " order by b.id limit ?1";

    private final Outbox outbox;
    private final WatchedFiles watchedFiles;
    private final Seals seals;
    private final Clock clock;

    Catalogue(Outbox outbox, WatchedFiles watchedFiles, Seals seals, Clock clock) {
        this.outbox = outbox;
        this.watchedFiles = watchedFiles;
        this.seals = seals;
        this.clock = clock;
    }

    /** Who asked, and the key by which the same request is known again. */
    public record Asked(
            String by,
            @Nullable String idempotencyKey,
            @Nullable String fingerprint) {}

    @Transactional
    public Requested request(BackupHead head, Asked asked) {
        var row = BackupRow.of(head);
        row.requestedBy = asked.by();
        row.idempotencyKey = asked.idempotencyKey();
        row.fingerprint = asked.fingerprint();
        persist(row);
        flush();
        return new Requested(head);
    }

    /** @throws ProblemException CONFLICT when the key was used for another request */
    @Transactional
    public Optional<BackupView> findRepeated(Asked asked) {
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
                    return row.view();
                });
    }

    @Transactional
    public Optional<Requested> nextRequested(String workspace) {
        return find("workspace = ?1 and status = ?2 order by id", workspace, Status.REQUESTED)
                .firstResultOptional()
                .map(row -> (Requested) row.backup());
    }

    /** Those that run under another lease than this one; the holder of the workspace's lease knows that they ended. */
    @Transactional
    public List<Backup> interrupted(String workspace, long fence) {
        return list("workspace = ?1 and status in ?2 and fence <> ?3", workspace, UNFINISHED, fence).stream()
                .map(BackupRow::backup)
                .toList();
    }

    @Transactional
    public Set<String> workspacesWithUnfinished() {
        return new HashSet<>(find("select distinct workspace from BackupRow where status in ?1", UNFINISHED)
                .project(String.class)
                .list());
    }

    @Transactional
    public void started(Running running) {
        var row = lock(running, Status.REQUESTED, null);
        row.status = Status.RUNNING;
        row.fence = running.fence();
        var head = running.head();
        row.settle(head);
        outbox.add(new BackupStarted(head.id(), head.workspace(), head.kind(), clock.instant()));
    }

    @Transactional
    public void progress(Running running, Progress progress) {
        var row = lock(running, Status.RUNNING, running.fence());
        row.files = progress.files();
        row.bytesDone = progress.bytesDone();
        row.bytesTotal = progress.bytesTotal();
    }

    @Transactional
    public void uploaded(Uploaded uploaded) {
        var row = lock(uploaded, Status.RUNNING, uploaded.fence());
        row.status = Status.UPLOADED;
        row.store(uploaded.archive());
    }

    /**
     * To be called only when its archive was read back: adds to the chain that it is there. The row is held, so that whoever takes the work over and fails it says so behind.
     *
     * @throws LeaseLostException when it is another's work now
     */
    @Transactional
    public StoredSeal seal(Uploaded uploaded) {
        lock(uploaded, Status.UPLOADED, uploaded.fence());
        var head = uploaded.head();
        return seals.stored(head.workspace(), SealedBackups.of(head, uploaded.archive()));
    }

    /**
     * @param seal of it, as the bucket gave it back
     *
     * @throws ProblemException CONFLICT when what it is built upon is no backup any more
     */
    @Transactional
    public void completed(Uploaded from, Completed completed, List<WatchedFile> watched, StoredSeal seal) {
        var row = lock(completed, Status.UPLOADED, from.fence());
        checkBase(completed.head());
        row.status = Status.COMPLETED;
        row.verifiedAt = completed.verifiedAt();
        row.finishedAt = completed.verifiedAt();
        watchedFiles.add(watched);
        var head = completed.head();
        var archive = completed.archive();
        outbox.add(new BackupCompleted(
                head.id(),
                head.workspace(),
                head.kind(),
                archive.bytes(),
                archive.sha256(),
                completed.verifiedAt(),
                seal.head()));
    }

    private void checkBase(BackupHead head) {
        var base = head.link().base();
        var row = base == null ? null : findById(base, LockModeType.PESSIMISTIC_READ);
        if (base != null && (row == null || row.status != Status.COMPLETED)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the backup %s, which it is built upon, is no backup any more".formatted(base));
        }
    }

    /**
     * Where its seal was added already, another one says that it is no backup after all.
     *
     * @param from the state it failed in
     */
    @Transactional
    public void failed(Backup from, Failed failed) {
        var row = switch (from) {
            case Requested requested -> lock(requested, Status.REQUESTED, null);
            case Running running -> lock(running, Status.RUNNING, running.fence());
            case Uploaded uploaded -> lock(uploaded, Status.UPLOADED, uploaded.fence());
            case Backup.Found _, Completed _, Failed _, Corrupted _, Backup.Expired _, Backup.Deleted _ ->
                throw new IllegalArgumentException("a finished backup does not fail");
        };
        row.status = Status.FAILED;
        row.failure = failed.reason();
        row.finishedAt = failed.at();
        var head = failed.head();
        seals.removed(head.workspace(), head.id(), "it failed: " + failed.reason());
        outbox.add(new BackupFailed(head.id(), head.workspace(), head.kind(), failed.reason(), failed.at()));
    }

    /** And with it all that is built upon it: nobody could restore that any more. */
    @Transactional
    public void corrupted(Corrupted corrupted) {
        var row = lock(corrupted, Status.COMPLETED, null);
        row.status = Status.CORRUPTED;
        row.failure = corrupted.what();
        row.finishedAt = corrupted.at();
        var head = corrupted.head();
        outbox.add(new BackupCorrupted(head.id(), head.workspace(), corrupted.what(), corrupted.at()));
        var why = "the backup %s, which it is built upon, is corrupted".formatted(head.id());
        list("baseId = ?1 and status = ?2 order by id", head.id(), Status.COMPLETED).stream()
                .map(above -> (Completed) above.backup())
                .forEach(above -> corrupted(above.corrupt(why, corrupted.at())));
    }

    /** @param fence null where there is none to compare */
    private BackupRow lock(Backup backup, Status expected, @Nullable Long fence) {
        var row = findById(backup.head().id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.status != expected || (fence != null && !fence.equals(row.fence))) {
            throw new LeaseLostException("backup:" + backup.head().id());
        }
        return row;
    }

    @Transactional
    public Optional<Backup> findBackup(UUID id) {
        return findByIdOptional(id).map(BackupRow::backup);
    }

    @Transactional
    public Optional<BackupView> findView(UUID id) {
        return findByIdOptional(id).map(BackupRow::view);
    }

    /** The newest first. */
    @Transactional
    public List<BackupView> page(@Nullable String workspace, @Nullable UUID after, int limit) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        if (workspace != null) {
            conditions.add("workspace = :workspace");
            parameters.put("workspace", workspace);
        }
        if (after != null) {
            conditions.add("id < :after");
            parameters.put("after", after);
        }
        var query = conditions.isEmpty()
                ? findAll(NEWEST_FIRST)
                : find(String.join(" and ", conditions), NEWEST_FIRST, parameters);
        return query.page(Page.ofSize(limit)).stream().map(BackupRow::view).toList();
    }

    /** Those that are backups now, the newest first. */
    @Transactional
    public List<BackupView> completedPage(@Nullable UUID after, int limit) {
        var query = after == null
                ? find("status", NEWEST_FIRST, Status.COMPLETED)
                : find("status = ?1 and id < ?2", NEWEST_FIRST, Status.COMPLETED, after);
        return query.page(Page.ofSize(limit)).stream().map(BackupRow::view).toList();
    }

    /** Whatever became of it; safety backups, which come with restores, do not count. */
    @Transactional
    public Optional<BackupHead> newestRequested(String workspace, BackupKind... kinds) {
        return find("workspace = ?1 and kind in ?2 and not safety order by id desc", workspace, List.of(kinds))
                .firstResultOptional()
                .map(row -> row.backup().head());
    }

    /** The same of those that are backups or may become some: neither failed nor corrupted. */
    @Transactional
    public Optional<BackupHead> newestPromising(String workspace, BackupKind... kinds) {
        return find(
                        "workspace = ?1 and kind in ?2 and not safety and status not in ?3 order by id desc",
                        workspace,
                        List.of(kinds),
                        LOST)
                .firstResultOptional()
                .map(row -> row.backup().head());
    }

    /** Whether any backup is complete, so that the bucket must be there. */
    @Override
    @Transactional
    public boolean any() {
        return find("status", Status.COMPLETED).firstResultOptional().isPresent();
    }

    /** Failed ones whose objects may still be there, and of which the bucket has the seal that says so where it has one that says that they are there. */
    @Transactional
    public List<Failed> unswept(int limit) {
        return getSession()
                .createNativeQuery(UNSWEPT, BackupRow.class)
                .setParameter(1, limit)
                .getResultStream()
                .map(row -> (Failed) row.backup())
                .toList();
    }

    @Transactional
    public void swept(Failed failed) {
        update("swept = true where id = ?1", failed.head().id());
    }
}
