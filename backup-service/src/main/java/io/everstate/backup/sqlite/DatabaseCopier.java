package io.everstate.backup.sqlite;

import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileTurn;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.SpoolException;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.StableCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Copies SQLite databases while others write to them. A copy is one file, holds every transaction that was committed before it was begun, and passes
 * SQLite's integrity check. Nothing is ever written to a database or beside it.
 */
public final class DatabaseCopier {
    private static final Logger LOG = Logger.getLogger(DatabaseCopier.class);
    private static final int TRIES_AT_LEAST = 10;

    private final Path spoolDirectory;
    private final Duration deadline;
    private final Clock clock;

    /**
     * @param spoolDirectory has room for a database twice
     * @param deadline how long a database may refuse to be copied, and how long the check of the copy may take
     */
    public DatabaseCopier(Path spoolDirectory, Duration deadline, Clock clock) {
        this.spoolDirectory = spoolDirectory;
        this.deadline = deadline;
        this.clock = clock;
    }

    public sealed interface Result {
        /** @param attributes of the database when the copy was begun */
        record Copied(FileAttributes attributes, CopyMethod method) implements Result {}

        /**
         * There is no copy.
         *
         * @param why part of a sentence
         * @param damaged whether the content is at fault; else somebody holds it
         */
        record Refused(String why, boolean damaged) implements Result {}
    }

    /**
     * @param target holds the copy afterwards, if there is one
     *
     * @throws IOException when the files of the database cannot be read
     */
    public Result copy(Path database, Spool target) throws IOException {
        var place = realPlace(database);
        try (var _ = FileTurn.of(place);
                var room = Room.in(spoolDirectory)) {
            return copy(place, room, target);
        }
    }

    /** SQLite is told to follow no link at all, and the way to a workspace may have one. */
    private static Path realPlace(Path database) throws IOException {
        var directory = database.getParent();
        return directory == null ? database : directory.toRealPath().resolve(database.getFileName());
    }

    private Result copy(Path database, Room room, Spool target) throws IOException {
        var began = System.nanoTime();
        String obstacle;
        do {
            var attributes = FileAttributes.of(database);
            var copy = room.emptyFile("copy");
            try {
                var refusal = copyOnline(database, copy);
                if (refusal.isEmpty()) {
                    return checked(copy, new Result.Copied(attributes, CopyMethod.ONLINE_BACKUP), target);
                }
                if (recover(database, room)) {
                    return checked(copy, new Result.Copied(attributes, CopyMethod.RECOVERED), target);
                }
                obstacle = refusal.get();
            } catch (SQLException e) {
                return refused(e);
            }
        } while (System.nanoTime() - began < deadline.toNanos());
        return new Result.Refused("it could not be copied within %s: %s".formatted(deadline, obstacle), false);
    }

    /**
     * @return why not, if another way may do; empty when it is copied
     *
     * @throws SQLException when no other way can do
     */
    private Optional<String> copyOnline(Path database, Path copy) throws SQLException, IOException {
        if (!leavesNothingBehind(database)) {
            return Optional.of("it is written to without an end");
        }
        try (var source = Connections.toOthers(database, deadline.dividedBy(TRIES_AT_LEAST))) {
            OnlineBackup.copy(source, copy);
            return Optional.empty();
        } catch (SQLException e) {
            if (Connections.isDamage(e) || Connections.isFull(e)) {
                throw e;
            }
            LOG.debugf("%s cannot be copied online: %s", database, e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** @return whether it is copied; else it was written to meanwhile */
    private boolean recover(Path database, Room room) throws SQLException, IOException {
        var files = room.emptyFile("files");
        if (!Snapshot.take(database, files, new StableCopy.Tick(clock))) {
            return false;
        }
        try (var source = Connections.toRecover(files)) {
            OnlineBackup.copy(source, room.emptyFile("copy"));
            return true;
        }
    }

    /** Of one with a write-ahead log SQLite makes the files that are missing, also to read; both are there while somebody has it open. */
    private static boolean leavesNothingBehind(Path database) throws IOException {
        return !SqliteFiles.hasWriteAheadLog(database)
                || Stream.of("-wal", "-shm").allMatch(suffix -> Files.exists(SqliteFiles.beside(database, suffix)));
    }

    private Result checked(Path copy, Result.Copied copied, Spool target) throws SQLException {
        var fault = IntegrityCheck.findFault(copy, deadline);
        if (fault.isPresent()) {
            return new Result.Refused("it is damaged: " + fault.get(), true);
        }
        target.reset();
        try (var content = Files.newInputStream(copy)) {
            content.transferTo(target);
        } catch (IOException e) {
            throw new SpoolException(spoolDirectory, e);
        }
        return copied;
    }

    private Result.Refused refused(SQLException e) {
        if (Connections.isFull(e)) {
            throw new SpoolException(spoolDirectory, new IOException(e.getMessage(), e));
        }
        return Connections.isDamage(e)
                ? new Result.Refused("it is damaged: " + e.getMessage(), true)
                : new Result.Refused("SQLite cannot copy it: " + e.getMessage(), false);
    }

    /** What processes that ended have left in the spool; to be called before the first copy. */
    public void removeLeftovers() {
        try {
            Room.sweep(spoolDirectory, clock.instant());
        } catch (IOException e) {
            LOG.warnf("What was left in %s cannot be removed: %s", spoolDirectory, e.getMessage());
        }
    }
}
