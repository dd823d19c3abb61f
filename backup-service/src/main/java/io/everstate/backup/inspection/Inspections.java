package io.everstate.backup.inspection;

import io.everstate.backup.backup.BackupConfiguration;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.catalogue.WatchedFiles;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the watched files of a workspace and beside them puts the newest good copy that a verified backup holds. */
@Singleton
class Inspections {
    private final WatchedFiles watchedFiles;
    private final BackupConfiguration configuration;
    private final DatabaseCopier databases;
    private final Clock clock;

    Inspections(WatchedFiles watchedFiles, BackupConfiguration configuration, DatabaseCopier databases, Clock clock) {
        this.watchedFiles = watchedFiles;
        this.configuration = configuration;
        this.databases = databases;
        this.clock = clock;
    }

    InspectionView of(Workspace workspace) {
        var good = watchedFiles.newestGood(workspace.name());
        return new InspectionView(
                workspace.name(),
                clock.instant(),
                watchedFiles.newestBackup(workspace.name()).orElse(null),
                workspace.criticalFiles().stream()
                        .map(path -> finding(workspace, path, good.get(path)))
                        .toList(),
                missingDirectories(workspace));
    }

    private static List<String> missingDirectories(Workspace workspace) {
        return workspace.essentialDirectories().stream()
                .filter(path -> !Files.isDirectory(workspace.root().resolve(path)))
                .toList();
    }

    private FileFinding finding(Workspace workspace, String path, @Nullable WatchedFile good) {
        var look = Look.at(workspace, path, databases, new StableCopy(clock), configuration.spoolDirectory());
        var attributes = look.attributes();
        return new FileFinding(
                path,
                workspace.roleOf(path),
                look.condition().condition(),
                look.size(),
                look.sha256(),
                attributes == null ? null : attributes.modifiedAt(),
                good == null ? null : good.size(),
                good == null ? null : good.sha256(),
                look.condition().explanation(),
                good == null ? null : good.backupId());
    }
}
