package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.backup.BackupRunner;
import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.swap.WayBack;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

/** The way back from a restore, taken under the restore's own lease. */
@Singleton
class SafetyBackups {
    private final BackupService backups;
    private final BackupRunner runner;
    private final Catalogue catalogue;
    private final ArchiveStore store;
    private final JsonFormat json;

    SafetyBackups(
            BackupService backups, BackupRunner runner, Catalogue catalogue, ArchiveStore store, JsonFormat json) {
        this.backups = backups;
        this.runner = runner;
        this.catalogue = catalogue;
        this.store = store;
        this.json = json;
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
        return switch (runner.run(requested, replaced, lease)) {
            case Completed completed -> new Safety(completed.head().id(), new WayBack(manifest(completed)));
            case Failed failed ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "the safety backup before it failed: " + failed.reason());
            default -> throw new IllegalStateException("a backup that ran is completed or failed");
        };
    }

    private Manifest manifest(Completed safety) {
        var archive = safety.archive();
        return new ManifestFile(store, json).read(archive.manifestName(), archive.manifestSha256());
    }
}
