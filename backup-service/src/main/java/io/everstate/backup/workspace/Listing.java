package io.everstate.backup.workspace;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What of a workspace a backup is about to hold, in the order of the paths. Memory grows with the number of files, not with their size.
 *
 * @param unreadable directories that could not be looked into
 * @param verbatim paths whose bytes are wanted as they are, also those of databases
 */
public record Listing(List<Entry> entries, List<String> unreadable, Set<String> verbatim) {

    /** @param path relative to the root, with slashes */
    public record Entry(String path, boolean directory, long size) {}

    /** Links are entries of their own; none is followed but the root itself, so nothing outside the root can be listed. */
    public static Listing of(Workspace workspace, BackupKind kind) {
        return of(workspace, kind, Set.of());
    }

    /** @param also paths that are listed whatever the kind selects and the configuration excludes; they are {@link #verbatim()} */
    public static Listing of(Workspace workspace, BackupKind kind, Set<String> also) {
        if (!Files.isDirectory(workspace.root())) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the directory of workspace " + workspace.name() + " is not there: " + workspace.root());
        }
        Visitor visitor;
        try {
            visitor = new Visitor(workspace, workspace.root().toRealPath(), kind, also);
            Files.walkFileTree(visitor.root, visitor);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the workspace " + workspace.name() + " cannot be listed: " + e, e);
        }
        visitor.entries.sort(Comparator.comparing(Entry::path));
        return new Listing(visitor.entries, visitor.unreadable, also);
    }

    /** All but the directories. */
    public int files() {
        return (int) entries.stream().filter(entry -> !entry.directory()).count();
    }

    public long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Workspace workspace;
        private final Path root;
        private final BackupKind kind;
        private final Set<String> also;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

        /** @param root the real one: a walk does not follow a link that it starts at, and would find a single file */
        Visitor(Workspace workspace, Path root, BackupKind kind, Set<String> also) {
            this.workspace = workspace;
            this.root = root;
            this.kind = kind;
            this.also = also;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.equals(root.resolve(Workspace.OWN_DIRECTORY))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!directory.equals(root)) {
                add(directory, true, 0);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (file.equals(root)) {
                throw new NotDirectoryException(file.toString());
            }
            add(file, false, attributes.isRegularFile() ? attributes.size() : 0);
            return FileVisitResult.CONTINUE;
        }

        /** A file that went away meanwhile is nothing to report: it is not there. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw e;
            }
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unreadable.add(relative(file));
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path path, boolean directory, long size) {
            var relative = relative(path);
            if (workspace.selects(kind, relative) || also.contains(relative) || belongsToSelected(relative)) {
                entries.add(new Entry(relative, directory, size));
            }
        }

        /** A database that must be copied byte by byte after all is worth nothing without its log or journal, whatever the patterns say. */
        private boolean belongsToSelected(String relative) {
            return SqliteFiles.databaseOf(relative)
                    .filter(database -> workspace.selects(kind, database))
                    .filter(database -> isDatabase(root.resolve(database)))
                    .isPresent();
        }

        private static boolean isDatabase(Path file) {
            try {
                return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && SqliteFiles.isDatabase(file);
            } catch (IOException e) {
                return false; // it is listed itself, and who copies it will say that it cannot be read
            }
        }

        private String relative(Path path) {
            return root.relativize(path).toString();
        }
    }
}
