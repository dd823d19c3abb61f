package io.everstate.backup.restore;

import io.everstate.backup.backup.BackupRunner;
import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Lease;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The way back from a restore, taken under the restore's own lease. */
@Singleton
class SafetyBackups {
    private final BackupService backups;
    private final BackupRunner runner;
    private final Catalogue catalogue;

    SafetyBackups(BackupService backups, BackupRunner runner, Catalogue catalogue) {
        this.backups = backups;
        this.runner = runner;
        this.catalogue = catalogue;
    }

    /** All of the workspace as it is, verified; without what cannot be read, for that may be why there is a restore. */
    Completed take(String workspace, UUID restored, Lease lease) {
        var head = backups.head(workspace, BackupKind.FULL, "Safety backup before restoring " + restored, true);
        var requested = catalogue.request(head, new Asked("backup-service", null, null));
        return switch (runner.run(requested, lease)) {
            case Completed completed -> completed;
            case Failed failed ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "the safety backup before it failed: " + failed.reason());
            default -> throw new IllegalStateException("a backup that ran is completed or failed");
        };
    }
}
