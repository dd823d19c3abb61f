package io.everstate.backup.workspace;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What of a workspace a backup is about to hold, in the order of the paths. Memory grows with the number of files, not with their size.
 *
 * @param unreadable directories that could not be looked into
 */
public record Listing(List<Entry> entries, List<String> unreadable) {

    /** @param path relative to the root, with slashes */
    public record Entry(String path, boolean directory, long size) {}

    /** Links are entries of their own; none is followed, so nothing outside the root can be listed. */
    public static Listing of(Workspace workspace, BackupKind kind) {
        if (!Files.isDirectory(workspace.root())) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the directory of workspace " + workspace.name() + " is not there: " + workspace.root());
        }
        var visitor = new Visitor(workspace, kind);
        try {
            Files.walkFileTree(workspace.root(), visitor);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the workspace " + workspace.name() + " cannot be listed: " + e, e);
        }
        visitor.entries.sort(Comparator.comparing(Entry::path));
        return new Listing(visitor.entries, visitor.unreadable);
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
        private final BackupKind kind;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

        Visitor(Workspace workspace, BackupKind kind) {
            this.workspace = workspace;
            this.kind = kind;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.equals(workspace.ownDirectory())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!directory.equals(workspace.root())) {
                add(directory, true, 0);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            add(file, false, attributes.isRegularFile() ? attributes.size() : 0);
            return FileVisitResult.CONTINUE;
        }

        /** A file that went away meanwhile is nothing to report: it is not there. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unreadable.add(relative(file));
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path path, boolean directory, long size) {
            var relative = relative(path);
            if (workspace.selects(kind, relative)) {
                entries.add(new Entry(relative, directory, size));
            }
        }

        private String relative(Path path) {
            return workspace.root().relativize(path).toString();
        }
    }
}
