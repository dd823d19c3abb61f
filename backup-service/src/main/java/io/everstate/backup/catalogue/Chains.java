package io.everstate.backup.catalogue;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which backups are built upon which. */
@Singleton
public class Chains implements PanacheRepositoryBase<BackupRow, UUID> {
    /** Kinds from which a whole workspace comes back. */
    public static final List<BackupKind> WHOLE = List.of(BackupKind.FULL, BackupKind.INCREMENTAL);

    private static final List<Status> ONCE_GOOD =
            List.of(Status.COMPLETED, Status.CORRUPTED, Status.EXPIRED, Status.DELETED);

    /** The newest backup of a whole workspace that ever was one, whatever became of it; safety backups, which may lack files, left out. */
    @Transactional
    public Optional<Backup> newestWhole(String workspace) {
        return find(
                        "workspace = ?1 and kind in ?2 and not safety and status in ?3 order by id desc",
                        workspace,
                        WHOLE,
                        ONCE_GOOD)
                .firstResultOptional()
                .map(BackupRow::backup);
    }

    /** All that a backup needs, the oldest first, and the backup itself; empty when there is none. */
    @Transactional
    public List<Backup> of(UUID id) {
        return rows(id).stream().map(BackupRow::backup).toList();
    }

    @Transactional
    public List<BackupView> views(UUID id) {
        return rows(id).stream().map(BackupRow::view).toList();
    }

    private List<BackupRow> rows(UUID id) {
        Deque<BackupRow> rows = new ArrayDeque<>();
        for (@Nullable UUID next = id; next != null; ) {
            var row = findById(next);
            next = row == null ? null : row.baseId;
            if (row != null) {
                rows.addFirst(row);
            }
        }
        return List.copyOf(rows);
    }
}
