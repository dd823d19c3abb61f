package io.everstate.recovery.plan.step;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.recovery.plan.Damage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something of a workspace that is to be put back.
 *
 * @param path of a file, or of a directory with all below it
 * @param role of the file; null for a directory
 * @param best the newest verified backup that holds it sound, where that is known
 */
record Want(
        String workspace,
        String path,
        @Nullable Role role,
        @Nullable UUID best) {
    static Want of(Damage damage, FileFinding file) {
        return new Want(damage.workspace(), file.path(), file.role(), file.restorableFrom());
    }

    static Want ofDirectory(String workspace, String path) {
        return new Want(workspace, path, null, null);
    }

    boolean mayBeIn(BackupKind kind) {
        return switch (kind) {
            case FULL, INCREMENTAL -> true;
            case STATE_ONLY -> role == Role.STATE;
            case CONFIG_ONLY -> role == Role.CONFIG;
            case LOGS_ONLY -> false;
        };
    }
}
