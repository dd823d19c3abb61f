package io.everstate.backup.restore.validation;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.backup.BackupConfiguration;
import io.everstate.backup.inspection.Look;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.RestoreReport.Finding;
import io.everstate.contracts.backup.RestoreReport.Validation;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads restored files as what they are to be: JSON, SQLite databases with all of SQLite's own check, {@code .env}; and the critical files of the
 * workspace, restored or not. A backup gives back what it took, also when that was broken.
 */
@Singleton
public final class RestoredFiles {
    private final BackupConfiguration configuration;
    private final DatabaseCopier databases;
    private final Clock clock;

    RestoredFiles(BackupConfiguration configuration, DatabaseCopier databases, Clock clock) {
        this.configuration = configuration;
        this.databases = databases;
        this.clock = clock;
    }

    /** @param restored entries that are in their places */
    public Validation validate(Workspace workspace, Collection<Entry> restored) {
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        restored.stream().filter(RestoredFiles::canBeRead).forEach(entry -> wanted.put(entry.path(), true));
        workspace.criticalFiles().forEach(path -> wanted.putIfAbsent(path, false));
        var findings = new ArrayList<Finding>();
        wanted.forEach((path, ours) -> find(workspace, path, ours).ifPresent(findings::add));
        return new Validation(wanted.size(), findings);
    }

    private static boolean canBeRead(Entry entry) {
        var name = String.valueOf(Path.of(entry.path()).getFileName());
        return entry.type() == EntryType.FILE
                && (entry.database() != null
                        || name.endsWith(".json")
                        || name.endsWith(".sqlite")
                        || name.endsWith(".sqlite3")
                        || name.equals(".env"));
    }

    private Optional<Finding> find(Workspace workspace, String path, boolean restored) {
        try {
            var seen = Look.at(workspace, path, databases, new StableCopy(clock), configuration.spoolDirectory())
                    .condition();
            return seen.condition() == Condition.OK
                    ? Optional.empty()
                    : Optional.of(new Finding(path, restored, seen.condition(), String.valueOf(seen.explanation())));
        } catch (ProblemException e) {
            return Optional.of(new Finding(path, restored, Condition.INACCESSIBLE, e.detail()));
        }
    }
}
