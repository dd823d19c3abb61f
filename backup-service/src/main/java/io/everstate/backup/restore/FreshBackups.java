package io.everstate.backup.restore;

import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.RestoreView.FreshBackup;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The backup after a restore of a whole workspace: what was taken between the restored backup and the restore is of a time that did not happen, so the next
 * restore must find something newer.
 */
@Singleton
class FreshBackups {
    private final BackupService backups;
    private final Catalogue catalogue;

    FreshBackups(BackupService backups, Catalogue catalogue) {
        this.backups = backups;
        this.catalogue = catalogue;
    }

    /**
     * To be called in the transaction that ends the restore: after a crash both are known or neither.
     *
     * @param all whether all of the restored backup was wanted
     *
     * @return the backup's id; empty when the restore was not one of a whole workspace
     */
    Optional<UUID> requestAfter(UUID restore, UUID restored, String workspace, boolean all) {
        if (!all || !holdsAll(restored)) {
            return Optional.empty();
        }
        var head = backups.head(workspace, BackupKind.FULL, "Backup after restore " + restore, false);
        var asked = new Asked("backup-service", "after restore " + restore, null);
        return Optional.of(catalogue.request(head, asked).head().id());
    }

    private boolean holdsAll(UUID backup) {
        return catalogue
                .findBackup(backup)
                .map(found -> found.head().kind())
                .filter(kind -> kind == BackupKind.FULL || kind == BackupKind.INCREMENTAL)
                .isPresent();
    }

    /** How it is now. */
    @Nullable
    FreshBackup view(@Nullable UUID id) {
        return Optional.ofNullable(id)
                .flatMap(catalogue::findView)
                .map(view -> new FreshBackup(view.id(), view.status(), view.failure()))
                .orElse(null);
    }
}
