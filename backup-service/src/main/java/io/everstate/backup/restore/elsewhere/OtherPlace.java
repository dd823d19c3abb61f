package io.everstate.backup.restore.elsewhere;

import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one restore fills: all of it beside the target, under a name of the restore's own, and then at once by one rename. A directory
 * that somebody has put something into meanwhile takes no such rename.
 */
public final class OtherPlace {
    private final Path target;
    private final Path tree;

    OtherPlace(Path target, UUID restore) {
        this.target = target;
        this.tree = target.resolveSibling(".%s.restore-%s".formatted(target.getFileName(), restore));
    }

    /** Makes the directory to fill, open to this service alone. */
    public void create() throws IOException {
        Files.createDirectories(parent());
        Files.createDirectory(tree, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** What is filled, as if it were a workspace. */
    public Workspace asWorkspace(Workspace original) {
        return new Workspace(original.name(), tree, original.kind(), original.profile());
    }

    /** Puts what was filled in its place. */
    public void publish() throws IOException {
        Files.delete(tree.resolve(Workspace.OWN_DIRECTORY));
        Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(parent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Whether it was published; to be asked only of one that was filled. */
    public boolean isPublished() {
        return !Files.exists(tree, LinkOption.NOFOLLOW_LINKS) && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes what was filled and not published. */
    public void remove() throws IOException {
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(tree, new Removal());
        }
    }

    private Path parent() throws IOException {
        var parent = target.getParent();
        if (parent == null) {
            throw new IOException(target + " has no parent");
        }
        return parent;
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
