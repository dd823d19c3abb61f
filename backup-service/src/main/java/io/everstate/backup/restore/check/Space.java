package io.everstate.backup.restore.check;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;

/** What a restore takes on the file system of its target, and what is there. All in bytes. */
record Space(long staged, long copies, long free) {
    /** What the usual file systems give a file at least. */
    private static final long BLOCK = 4096;

    /** @param hardLinks whether a second name of what is replaced costs nothing there; else it is copied */
    static Space of(Path root, Collection<Entry> wanted, boolean hardLinks) throws IOException {
        var staged = 0L;
        var copies = 0L;
        for (var entry : wanted) {
            staged = sum(staged, entry.type() == EntryType.FILE ? entry.size() : 0);
            if (!hardLinks) {
                copies = copies(copies, root.resolve(entry.path()));
            }
        }
        return new Space(staged, copies, Files.getFileStore(existing(root)).getUsableSpace());
    }

    /** The directory itself is made when it is missing. */
    private static Path existing(Path directory) {
        var parent = directory.getParent();
        return Files.isDirectory(directory) || parent == null ? directory : existing(parent);
    }

    private static long copies(long bytes, Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? sum(bytes, Files.size(file)) : bytes;
    }

    private static long sum(long bytes, long file) {
        var blocks = file > Long.MAX_VALUE - BLOCK ? Long.MAX_VALUE : (file / BLOCK + 1) * BLOCK;
        return bytes > Long.MAX_VALUE - blocks ? Long.MAX_VALUE : bytes + blocks;
    }

    /**
     * @return what was seen
     *
     * @throws ProblemException CONFLICT when it is too little
     */
    String check(long reserve) {
        var needed = staged > Long.MAX_VALUE - copies ? Long.MAX_VALUE : staged + copies;
        var seen =
                "%d bytes are needed beside the present files, %d for copies of what is replaced among them, %d are free"
                        .formatted(needed, copies, free);
        if (needed > free - reserve) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "%s, and everstate.restore.reserve keeps %d".formatted(seen, reserve));
        }
        return seen;
    }
}
