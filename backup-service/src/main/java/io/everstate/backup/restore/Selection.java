package io.everstate.backup.restore;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.RestoreRequest.Category;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which entries of an archive a restore puts back. */
final class Selection {
    private Selection() {}

    /** @throws ProblemException NOT_FOUND when the archive holds nothing of something that is asked for */
    static List<Entry> of(Manifest manifest, RestoreOrder order, Workspace workspace) {
        return order.options().categories().isEmpty()
                ? of(manifest, order.paths())
                : of(manifest, order.options().categories(), workspace);
    }

    /** Whether a file of the workspace is among what was asked for. */
    static boolean names(RestoreOrder order, Workspace workspace, String file) {
        return order.options().categories().isEmpty()
                ? names(order.paths(), file)
                : anyOf(order.options().categories(), workspace, file);
    }

    private static List<Entry> of(Manifest manifest, List<Category> categories, Workspace workspace) {
        var files = manifest.entries().stream().filter(Entry::ofWorkspace).toList();
        for (var category : categories) {
            if (files.stream().noneMatch(entry -> workspace.selects(kind(category), entry.path()))) {
                throw new ProblemException(
                        ProblemType.NOT_FOUND, "the backup holds nothing that is %s here".formatted(category));
            }
        }
        return together(files, path -> anyOf(categories, workspace, path));
    }

    private static boolean anyOf(List<Category> categories, Workspace workspace, String path) {
        return categories.stream().anyMatch(category -> workspace.selects(kind(category), path));
    }

    private static BackupKind kind(Category category) {
        return switch (category) {
            case STATE -> BackupKind.STATE_ONLY;
            case CONFIG -> BackupKind.CONFIG_ONLY;
            case LOGS -> BackupKind.LOGS_ONLY;
        };
    }

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
        return together(files, path -> names(paths, path));
    }

    private static List<Entry> together(List<Entry> files, Predicate<String> asked) {
        var databases = copiedByBytes(files);
        var wanted = files.stream()
                .filter(entry -> asked.test(entry.path()))
                .map(entry -> owner(entry.path(), databases))
                .collect(toSet());
        return files.stream()
                .filter(entry -> wanted.contains(owner(entry.path(), databases)))
                .toList();
    }

    /** The databases that are damaged without what lay beside them. */
    static Set<String> copiedByBytes(Collection<Entry> files) {
        return files.stream()
                .filter(entry -> entry.database() == CopyMethod.BYTES)
                .map(Entry::path)
                .collect(toSet());
    }

    /** Its database's path of a file that lay beside one; its own of all others. */
    static String owner(String path, Set<String> databases) {
        return SqliteFiles.databaseOf(path).filter(databases::contains).orElse(path);
    }

    private static boolean names(@Nullable List<String> paths, String file) {
        return paths == null || paths.stream().anyMatch(path -> below(file, path));
    }

    private static boolean below(String file, String path) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return file.equals(plain) || file.startsWith(plain + "/");
    }
}
