package io.everstate.backup.inspection;

import io.everstate.backup.backup.BackupConfiguration;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.catalogue.WatchedFiles;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the watched files of a workspace and beside them puts the newest good copy that a verified backup holds. */
@Singleton
class Inspections {
    /** Shorter than recovery-service waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String NO_KEY =
            "a secret key: it is encrypted, and everstate.archive.identity-file names none here";

    private final WatchedFiles watchedFiles;
    private final Catalogue catalogue;
    private final Packings packings;
    private final BackupConfiguration configuration;
    private final DatabaseCopier databases;
    private final DatabaseLooks looks;
    private final Clock clock;
    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();

    Inspections(
            WatchedFiles watchedFiles,
            Catalogue catalogue,
            Packings packings,
            BackupConfiguration configuration,
            DatabaseCopier databases,
            Clock clock) {
        this.watchedFiles = watchedFiles;
        this.catalogue = catalogue;
        this.packings = packings;
        this.configuration = configuration;
        this.databases = databases;
        this.looks = new DatabaseLooks(configuration.sqliteLookEvery(), clock);
        this.clock = clock;
    }

    /**
     * One at a time of a workspace: who asks again and again while a large database is looked at must not use up all threads.
     *
     * @throws ProblemException UNAVAILABLE when another look does not end soon
     */
    InspectionView of(Workspace workspace) {
        var turn = free.computeIfAbsent(workspace.name(), name -> new Semaphore(1));
        if (!taken(turn)) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "workspace " + workspace.name() + " is being looked at for somebody else");
        }
        try {
            return look(workspace);
        } finally {
            turn.release();
        }
    }

    private static boolean taken(Semaphore turn) {
        try {
            return turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private InspectionView look(Workspace workspace) {
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
        var look = looks.at(
                workspace.root().resolve(path),
                () -> Look.at(workspace, path, databases, new StableCopy(clock), configuration.spoolDirectory()));
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
                good == null ? null : good.backupId(),
                good == null ? null : restoreNeeds(good.backupId()));
    }

    /** What is offered stays true where the key is: nobody has to find out by a restore that it is not here. */
    private @Nullable String restoreNeeds(UUID backup) {
        return packings.decrypt()
                        || catalogue
                                .findBackup(backup)
                                .filter(found -> found.head().encrypted())
                                .isEmpty()
                ? null
                : NO_KEY;
    }
}
