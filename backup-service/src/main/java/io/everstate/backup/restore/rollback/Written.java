package io.everstate.backup.restore.rollback;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.swap.Content;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.UnsafeArchiveException;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a restore was written since. A database and what lies beside it are one: when the bot has opened it since, what it wrote may be in the log alone.
 *
 * @param there what the restore put there, as long as something is there
 * @param databases paths
 * @param owners of all that is another than it was, or has more beside it
 */
record Written(List<Entry> there, Set<String> databases, Set<String> owners) {
    Written {
        there = List.copyOf(there);
        databases = Set.copyOf(databases);
        owners = Set.copyOf(owners);
    }

    /**
     * @param put files and links as they were restored
     * @param gone paths of what the restore took away
     */
    static Written since(Workspace workspace, List<Entry> put, Collection<String> gone, Set<String> databases)
            throws IOException {
        var there = new ArrayList<Entry>();
        for (var entry : put) {
            if (isThere(workspace, entry.path())) {
                there.add(entry);
            }
        }
        return new Written(there, databases, owners(workspace, there, gone, databases));
    }

    private static Set<String> owners(
            Workspace workspace, List<Entry> there, Collection<String> gone, Set<String> databases) throws IOException {
        var owners = new HashSet<String>();
        for (var entry : there) {
            if (!isAs(workspace, entry)) {
                owners.add(owner(entry.path(), databases));
            }
        }
        for (var path : gone) {
            if (isThere(workspace, path)) {
                owners.add(owner(path, databases));
            }
        }
        var paths = there.stream().map(Entry::path).collect(toSet());
        for (var database : databases) {
            for (var suffix : SqliteFiles.SUFFIXES) {
                if (!paths.contains(database + suffix) && isThere(workspace, database + suffix)) {
                    owners.add(database);
                }
            }
        }
        return owners;
    }

    boolean holds(String path) {
        return owners.contains(owner(path, databases));
    }

    /** Whether it is neither a database nor beside one. */
    boolean isAlone(String path) {
        return !databases.contains(owner(path, databases));
    }

    private static String owner(String path, Set<String> databases) {
        return SqliteFiles.databaseOf(path).filter(databases::contains).orElse(path);
    }

    private static boolean isThere(Workspace workspace, String path) {
        return Files.exists(workspace.root().resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** What is behind a link, became something else or cannot be read is not known to be the restore's. */
    static boolean isAs(Workspace workspace, Entry entry) throws IOException {
        try {
            Swap.check(workspace, List.of(entry));
            return Content.isOf(workspace.root().resolve(entry.path()), entry);
        } catch (UnsafeArchiveException | AccessDeniedException e) {
            return false;
        }
    }
}
