package io.everstate.backup.inspection;

import io.everstate.backup.backup.BackupConfiguration;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.catalogue.WatchedFiles;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the watched files of a workspace and beside them puts the newest good copy that a verified backup holds. */
@Singleton
class Inspections {
    private final WatchedFiles watchedFiles;
    private final BackupConfiguration configuration;
    private final Clock clock;

    Inspections(WatchedFiles watchedFiles, BackupConfiguration configuration, Clock clock) {
        this.watchedFiles = watchedFiles;
        this.configuration = configuration;
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

    /** What is seen of one file; only its condition is always there. */
    private record Look(
            FileCondition condition,
            long size,
            @Nullable String sha256,
            @Nullable FileAttributes attributes) {

        static Look without(FileCondition condition) {
            return new Look(condition, -1, null, null);
        }
    }

    private FileFinding finding(Workspace workspace, String path, @Nullable WatchedFile good) {
        var look = look(workspace.root().resolve(path), path);
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

    private Look look(Path place, String path) {
        try (var spool = new Spool(configuration.spoolDirectory())) {
            var copied = new StableCopy(clock).copy(place, spool);
            return new Look(FileCondition.of(path, spool), spool.size(), spool.sha256(), copied.attributes());
        } catch (NoSuchFileException e) {
            return Look.without(FileCondition.MISSING);
        } catch (IOException e) {
            return Look.without(FileCondition.unreadable("it cannot be read: " + e.getMessage()));
        }
    }
}
