package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.outbox.Outbox;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupView.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild of the catalogue finds in the bucket. A row that is there already stays as it is, whoever made it; but for one that a rebuild made of
 * something broken and nobody has ever read back: what was missing then may be there now.
 */
@Singleton
public class FoundBackups implements PanacheRepositoryBase<BackupRow, UUID> {
    private static final String BY = "catalogue-rebuild";
    private static final int AT_A_TIME = 1000;
    private static final String NEVER_READ = "status = ?1 and requestedBy = ?2 and verifiedAt is null";

    private final Outbox outbox;
    private final WatchedFiles watchedFiles;

    FoundBackups(Outbox outbox, WatchedFiles watchedFiles) {
        this.outbox = outbox;
        this.watchedFiles = watchedFiles;
    }

    /** Those of the ids that have no row. */
    @Transactional
    public Set<UUID> unknown(Collection<UUID> ids) {
        var unknown = new HashSet<>(ids);
        var all = new ArrayList<>(ids);
        for (var from = 0; from < all.size(); from += AT_A_TIME) {
            var some = all.subList(from, Math.min(all.size(), from + AT_A_TIME));
            find("select id from BackupRow where id in ?1", some).project(UUID.class).stream()
                    .forEach(unknown::remove);
        }
        return unknown;
    }

    /** Rows of an earlier rebuild that say that something is wrong with what was never read back. */
    @Transactional
    public Set<UUID> neverRead() {
        return new HashSet<>(find("select id from BackupRow where " + NEVER_READ, Status.CORRUPTED, BY)
                .project(UUID.class)
                .list());
    }

    @Transactional
    public long unreadCount() {
        return count("status", Status.FOUND);
    }

    @Transactional
    public List<Found> unread() {
        return list("status = ?1 order by id", Status.FOUND).stream()
                .map(row -> (Found) row.backup())
                .toList();
    }

    /** @param size of its workspace files, in bytes */
    @Transactional
    public void add(Found found, long size) {
        var row = rowFor(found.head());
        if (row != null) {
            row.status = Status.FOUND;
            row.store(found.archive());
            row.failure = null;
            row.finishedAt = null;
            row.bytesDone = size;
        }
    }

    /** One that is there and is no backup: it has a row, so that it is known, and can be deleted as others can. */
    @Transactional
    public void add(Corrupted broken) {
        var row = rowFor(broken.head());
        if (row != null) {
            row.store(broken.archive());
            corrupt(row, broken);
        }
    }

    /** @return null when it must stay as it is */
    private @Nullable BackupRow rowFor(BackupHead head) {
        var row = findById(head.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            var made = BackupRow.of(head);
            made.requestedBy = BY;
            persist(made);
            return made;
        }
        var neverRead = row.status == Status.CORRUPTED && row.requestedBy.equals(BY) && row.verifiedAt == null;
        if (neverRead) {
            row.settle(head);
        }
        return neverRead ? row : null;
    }

    /** Nothing is told: that it was completed was told when it was taken. */
    @Transactional
    public void completed(Completed completed, List<WatchedFile> watched) {
        var row = lock(completed);
        row.status = Status.COMPLETED;
        row.verifiedAt = completed.verifiedAt();
        row.finishedAt = completed.verifiedAt();
        watchedFiles.add(watched);
    }

    @Transactional
    public void corrupted(Corrupted corrupted) {
        corrupt(lock(corrupted), corrupted);
    }

    private void corrupt(BackupRow row, Corrupted corrupted) {
        row.status = Status.CORRUPTED;
        row.failure = corrupted.what();
        row.finishedAt = corrupted.at();
        var head = corrupted.head();
        outbox.add(new BackupCorrupted(head.id(), head.workspace(), corrupted.what(), corrupted.at()));
    }

    private BackupRow lock(Backup backup) {
        var row = findById(backup.head().id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.status != Status.FOUND) {
            throw new LeaseLostException("backup:" + backup.head().id());
        }
        return row;
    }
}
