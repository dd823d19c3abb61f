package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.swap.CrashingDisk.Crash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends the process before its nth write, and then cuts the power: content that was not forced is gone, also of a file whose name came through, and so are
 * as many of the names that were not forced as the test wants.
 */
final class PowerCutDisk extends Disk {
    private static final Flush OF_ALL = new Flush() {
        @Override
        public boolean covers(Path path) {
            return true;
        }

        @Override
        public void now() {
            throw new AssertionError("the disk itself is asked");
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    private final Path attic;
    private final Map<Object, FileChannel> content = new HashMap<>();
    private final List<Name> names = new ArrayList<>();
    private int left;
    private int writes;

    /** @param directory in which it stands */
    private record Name(Path directory, Undo undo) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    /** @param attic an empty directory on the same file system, for what the disk still remembers */
    PowerCutDisk(Path attic, int writesBeforeTheCut) {
        super(OF_ALL);
        this.attic = attic;
        this.left = writesBeforeTheCut;
    }

    int writes() {
        return writes;
    }

    /** How many names a cut would find unforced. */
    int unforcedNames() {
        return names.size();
    }

    void cutPower(int lostNames) throws IOException {
        lose(names.reversed().subList(0, lostNames));
    }

    /** The first ones are lost and later ones are not, as on a file system that writes in an order of its own. */
    void cutPowerLosingTheFirst(int lostNames) throws IOException {
        lose(names.subList(0, Math.min(lostNames, names.size())).reversed());
    }

    private void lose(List<Name> lost) throws IOException {
        for (var channel : content.values()) {
            channel.truncate(0);
            channel.close();
        }
        for (var name : lost) {
            name.undo().run();
        }
    }

    private void next() {
        if (left-- == 0) {
            throw new Crash();
        }
        writes++;
    }

    private void made(Path path) throws IOException {
        named(path, () -> remove(path));
    }

    private void named(Path path, Undo undo) throws IOException {
        names.add(new Name(parent(path), undo));
    }

    private static void remove(Path path) throws IOException {
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException e) {
            return; // what is in it was forced, and its own name with that
        }
    }

    @Override
    void createDirectory(Path directory) throws IOException {
        next();
        made(directory);
        super.createDirectory(directory);
    }

    @Override
    void createOwnDirectory(Path directory) throws IOException {
        next();
        made(directory);
        super.createOwnDirectory(directory);
    }

    @Override
    OutputStream createFile(Path file) throws IOException {
        next();
        made(file);
        var output = super.createFile(file);
        content.put(inode(file), FileChannel.open(file, StandardOpenOption.WRITE));
        return output;
    }

    @Override
    void createLink(Path link, Path target) throws IOException {
        next();
        made(link);
        super.createLink(link, target);
    }

    @Override
    void dress(Path path, Entry entry) throws IOException {
        next();
        super.dress(path, entry);
    }

    @Override
    void keep(Path file, Path second) throws IOException {
        next();
        made(second);
        super.keep(file, second);
    }

    @Override
    void replace(Path source, Path target) throws IOException {
        next();
        var old = remember(target);
        named(target, () -> {
            Files.move(target, source);
            if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(old, target);
            }
        });
        super.replace(source, target);
    }

    @Override
    void delete(Path path) throws IOException {
        next();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            named(path, () -> Files.createDirectory(path));
        } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            var old = remember(path);
            named(path, () -> Files.move(old, path));
        }
        super.delete(path);
    }

    /** A second name of what is there, if anything is. */
    private Path remember(Path path) throws IOException {
        var old = attic.resolve(String.valueOf(writes));
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(old, path);
        }
        return old;
    }

    @Override
    void force(Path path) throws IOException {
        names.removeIf(name -> name.directory().equals(path));
        var channel = content.remove(inode(path));
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    void flush() throws IOException {
        next();
        names.clear();
        for (var channel : content.values()) {
            channel.close();
        }
        content.clear();
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }
}
