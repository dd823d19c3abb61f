package io.everstate.backup.restore;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which entries of an archive a restore puts back. */
final class Selection {
    private Selection() {}

    /**
     * A database that was copied byte by byte and what lay beside it are restored together, whichever of them is named: the one without the other
     * is damaged.
     *
     * @param paths of files, or of directories with all below them; null = all of the workspace
     *
     * @throws ProblemException NOT_FOUND when the archive holds nothing of one of them
     */
    static List<Entry> of(Manifest manifest, @Nullable List<String> paths) {
        var files = manifest.entries().stream().filter(Entry::ofWorkspace).toList();
        if (paths == null) {
            return files;
        }
        for (var path : paths) {
            if (files.stream().noneMatch(entry -> below(entry.path(), path))) {
                throw new ProblemException(ProblemType.NOT_FOUND, "the backup does not hold " + path);
            }
        }
        var databases = files.stream()
                .filter(entry -> entry.database() == CopyMethod.BYTES)
                .map(Entry::path)
                .collect(toSet());
        var wanted = files.stream()
                .filter(entry -> names(paths, entry.path()))
                .map(entry -> owner(entry.path(), databases))
                .collect(toSet());
        return files.stream()
                .filter(entry -> wanted.contains(owner(entry.path(), databases)))
                .toList();
    }

    /** Its database's path of a file that lay beside one; its own of all others. */
    private static String owner(String path, Set<String> databases) {
        return SqliteFiles.databaseOf(path).filter(databases::contains).orElse(path);
    }

    /** Whether a file of the workspace is among what was asked for. */
    static boolean names(@Nullable List<String> paths, String file) {
        return paths == null || paths.stream().anyMatch(path -> below(file, path));
    }

    private static boolean below(String file, String path) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return file.equals(plain) || file.startsWith(plain + "/");
    }
}
