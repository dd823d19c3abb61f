package io.everstate.backup.restore;

import io.everstate.backup.backup.BackupRunner;
import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.swap.WayBack;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;
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

    /** @param wayBack what it holds, as the storage gives it back */
    record Safety(UUID backupId, WayBack wayBack) {}

    /**
     * All of the workspace as it is and all that is about to be replaced, also what is excluded else, verified; without what cannot be read,
     * for that may be why there is a restore. Whether it holds what the restore destroys is for the way back to say.
     */
    Safety take(String workspace, UUID restored, Set<String> replaced, Lease lease) {
        var head = backups.head(workspace, BackupKind.FULL, "Safety backup before restoring " + restored, true);
        var requested = catalogue.request(head, new Asked("backup-service", null, null));
        var taken = runner.run(requested, replaced, lease);
        return switch (taken.backup()) {
            case Completed completed ->
                new Safety(completed.head().id(), new WayBack(Objects.requireNonNull(taken.manifest())));
            case Failed failed ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "the safety backup before it failed: " + failed.reason());
            default -> throw new IllegalStateException("a backup that ran is completed or failed");
        };
    }
}
