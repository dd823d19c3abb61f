package io.everstate.backup.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SQLite databases among other files, known by their first bytes and never by a name, and the files that SQLite keeps beside one. */
public final class SqliteFiles {
    /** Write-ahead log and rollback journal: with the database's own file they are its content. */
    public static final List<String> CONTENT_SUFFIXES = List.of("-wal", "-journal");

    /** And the index of the write-ahead log. */
    public static final List<String> SUFFIXES = List.of("-wal", "-journal", "-shm");

    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_BYTES = HEADER.length;
    private static final int READ_VERSION = 19;
    private static final int WRITE_AHEAD = 2;

    private SqliteFiles() {}

    /** @param file a regular file, since a pipe would be waited for */
    public static boolean isDatabase(Path file) throws IOException {
        return isHeader(start(file));
    }

    static boolean isHeader(byte[] start) {
        return Arrays.equals(start, 0, Math.min(start.length, HEADER.length), HEADER, 0, HEADER.length);
    }

    /** Whether it says that its newest content is in a write-ahead log. */
    public static boolean hasWriteAheadLog(Path database) throws IOException {
        return start(database)[READ_VERSION] == WRITE_AHEAD;
    }

    private static byte[] start(Path file) throws IOException {
        try (var _ = FileTurn.of(file);
                var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var start = ByteBuffer.allocate(READ_VERSION + 1);
            int count;
            do {
                count = channel.read(start);
            } while (count >= 0 && start.hasRemaining());
            return start.array();
        }
    }

    public static Path beside(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    /** The path of the database that a file belongs to, by its name; there need not be one. */
    public static Optional<String> databaseOf(String path) {
        return SUFFIXES.stream()
                .filter(path::endsWith)
                .map(suffix -> path.substring(0, path.length() - suffix.length()))
                .findFirst();
    }
}
