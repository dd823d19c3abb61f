package io.everstate.backup.restore.rollback;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What takes one restore back. Its safety backup holds all that it replaced or took away: that comes back. What it restored and its safety
 * backup does not hold is what it added.
 */
public final class Reversal {
    private final Map<String, Entry> before;
    private final Map<String, Entry> restored;
    private final Set<String> files;
    private final Predicate<String> asked;

    /**
     * @param before the manifest of the safety backup
     * @param restored the manifest of the backup that was restored
     * @param files that the restore put there; of a rollback also the files and directories that it removed
     * @param asked which paths are among what the restore was asked for
     */
    public Reversal(Manifest before, Manifest restored, List<String> files, Predicate<String> asked) {
        this.before = byPath(before);
        this.restored = byPath(restored);
        this.files = Set.copyOf(files);
        this.asked = asked;
    }

    private static Map<String, Entry> byPath(Manifest manifest) {
        return manifest.entries().stream().filter(Entry::ofWorkspace).collect(toMap(Entry::path, Function.identity()));
    }

    /** What the restore replaced, the logs of databases that it took away, and what it removed; by path. */
    public List<Entry> returning() {
        return before.values().stream()
                .filter(entry -> files.contains(entry.path())
                        || (entry.type() != EntryType.DIRECTORY && wasTakenAway(entry.path())))
                .sorted(Comparator.comparing(Entry::path))
                .toList();
    }

    private boolean wasTakenAway(String path) {
        return SqliteFiles.databaseOf(path)
                .filter(files::contains)
                .filter(database -> isDatabase(before, database) || isDatabase(restored, database))
                .isPresent();
    }

    private static boolean isDatabase(Map<String, Entry> entries, String path) {
        var entry = entries.get(path);
        return entry != null && entry.database() != null;
    }

    /** What that replaces, as it is in the workspace now. */
    public Replacements replacements(Workspace workspace) throws IOException {
        var put = restored.values().stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY && files.contains(entry.path()))
                .collect(toMap(Entry::path, Function.identity()));
        var databases = files.stream()
                .filter(path -> isDatabase(before, path) || isDatabase(restored, path))
                .collect(toSet());
        return Replacements.in(workspace, returning(), put, databases);
    }

    /** What the restore added and goes again, as it is in the workspace now. */
    public Additions additions(Workspace workspace) throws IOException {
        var added = files.stream()
                .filter(path -> !before.containsKey(path))
                .flatMap(path -> Stream.ofNullable(restored.get(path)))
                .sorted(Comparator.comparing(Entry::path))
                .toList();
        return Additions.in(workspace, added, directories(workspace));
    }

    /** Those that the restore may have made, the ones within others first. Of what is excluded nobody knows whether it was there before. */
    private Set<String> directories(Workspace workspace) {
        var own = restored.values().stream()
                .filter(entry -> entry.type() == EntryType.DIRECTORY)
                .map(Entry::path)
                .filter(asked);
        return Stream.concat(files.stream().flatMap(Reversal::parents), own)
                .filter(path -> !before.containsKey(path) && workspace.selects(BackupKind.FULL, path))
                .collect(toCollection(() -> new TreeSet<String>(Comparator.reverseOrder())));
    }

    private static Stream<String> parents(String path) {
        return Stream.iterate(path.lastIndexOf('/'), end -> end > 0, end -> path.lastIndexOf('/', end - 1))
                .map(end -> path.substring(0, end));
    }
}
