package io.everstate.backup.sqlite;

import io.everstate.backup.workspace.SpoolException;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.StableCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Set;

/**
 * The files of a database copied as they lie there while nobody writes to them: what a power cut would leave, which SQLite can bring in
 * order, in the copy. This is the way to a database whose writer died or whose directory must not be written to.
 */
final class Snapshot {
    private static final long SUPER_JOURNAL_MAGIC = 0xd9d5_05f9_20a1_63d7L;

    private Snapshot() {}

    /**
     * @return whether all of it is of one moment
     *
     * @throws SQLException when it must not be brought in order
     */
    static boolean take(Path database, Path copy, StableCopy.Tick tick) throws IOException, SQLException {
        var before = DatabaseState.of(database);
        tick.pass(before.changedAt());
        for (var file : before.files().keySet()) {
            var suffix = file.toString().substring(database.toString().length());
            try {
                copy(file, SqliteFiles.beside(copy, suffix));
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        if (!before.equals(DatabaseState.of(database))) {
            return false;
        }
        if (namesAnotherFile(SqliteFiles.beside(copy, "-journal"))) {
            throw new SQLException("its journal is of a transaction over several databases");
        }
        return true;
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var from = Files.newByteChannel(source, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var to = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(1 << 16);
            while (from.read(buffer) >= 0) {
                write(buffer.flip(), to, target);
                buffer.clear();
            }
        }
    }

    private static void write(ByteBuffer bytes, FileChannel target, Path name) {
        try {
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
        } catch (IOException e) {
            throw new SpoolException(name, e);
        }
    }

    /**
     * A journal of a transaction over several databases ends with the name of a file that SQLite looks up, and deletes: who forges one has us delete
     * a file of his choice.
     */
    private static boolean namesAnotherFile(Path journal) throws IOException {
        try (var channel = FileChannel.open(journal)) {
            var end = ByteBuffer.allocate(Long.BYTES);
            channel.read(end, Math.max(0, channel.size() - Long.BYTES));
            return end.flip().remaining() == Long.BYTES && end.getLong() == SUPER_JOURNAL_MAGIC;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
