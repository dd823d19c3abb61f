package io.everstate.backup.restore.rollback;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.swap.Content;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.UnsafeArchiveException;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a restore added to a workspace, as it is there now. What is not there any more is in neither list.
 *
 * @param removal what is still as it was restored
 * @param kept paths of what was written since
 */
public record Additions(Removal removal, List<String> kept) {
    public Additions {
        kept = List.copyOf(kept);
    }

    /**
     * A database and what lies beside it are one: when the bot has opened it since, what it wrote may be in the log alone.
     *
     * @param added files and links that were restored where nothing was
     * @param directories in the order in which they are to go
     */
    static Additions in(Workspace workspace, List<Entry> added, Set<String> directories) throws IOException {
        var there = new ArrayList<Entry>();
        for (var entry : added) {
            if (Files.exists(place(workspace, entry.path()), LinkOption.NOFOLLOW_LINKS)) {
                there.add(entry);
            }
        }
        var databases = added.stream()
                .filter(entry -> entry.database() != null)
                .map(Entry::path)
                .collect(toSet());
        var written = written(workspace, there, databases);
        var files = there.stream()
                .filter(entry -> !written.contains(owner(entry.path(), databases)))
                .toList();
        var kept = there.stream()
                .map(Entry::path)
                .filter(path -> written.contains(owner(path, databases)))
                .toList();
        return new Additions(new Removal(files, emptied(workspace, files, directories)), kept);
    }

    /** The owners of all that is another than it was, or has more beside it. */
    private static Set<String> written(Workspace workspace, List<Entry> there, Set<String> databases)
            throws IOException {
        var paths = there.stream().map(Entry::path).collect(toSet());
        var owners = new HashSet<String>();
        for (var entry : there) {
            if (!isAsRestored(workspace, entry)) {
                owners.add(owner(entry.path(), databases));
            }
        }
        for (var database : databases) {
            for (var suffix : SqliteFiles.SUFFIXES) {
                var path = database + suffix;
                if (!paths.contains(path) && Files.exists(place(workspace, path), LinkOption.NOFOLLOW_LINKS)) {
                    owners.add(database);
                }
            }
        }
        return owners;
    }

    private static String owner(String path, Set<String> databases) {
        return SqliteFiles.databaseOf(path).filter(databases::contains).orElse(path);
    }

    /** What is behind a link, became something else or cannot be read is not known to be the restore's. */
    private static boolean isAsRestored(Workspace workspace, Entry entry) throws IOException {
        try {
            Swap.check(workspace, List.of(entry));
            return Content.isOf(place(workspace, entry.path()), entry);
        } catch (UnsafeArchiveException | AccessDeniedException e) {
            return false;
        }
    }

    /** Those that hold nothing but what goes. */
    private static List<String> emptied(Workspace workspace, List<Entry> files, Set<String> directories)
            throws IOException {
        var going = new HashSet<Path>();
        files.forEach(entry -> going.add(place(workspace, entry.path())));
        var emptied = new ArrayList<String>();
        for (var directory : directories) {
            var place = place(workspace, directory);
            if (isReal(workspace, place) && holdsOnly(place, going)) {
                going.add(place);
                emptied.add(directory);
            }
        }
        return emptied;
    }

    private static boolean isReal(Workspace workspace, Path place) throws IOException {
        return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                && place.toRealPath()
                        .equals(workspace
                                .root()
                                .toRealPath()
                                .resolve(workspace.root().relativize(place)));
    }

    private static boolean holdsOnly(Path directory, Set<Path> going) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.allMatch(going::contains);
        }
    }

    private static Path place(Workspace workspace, String path) {
        return workspace.root().resolve(path);
    }
}
