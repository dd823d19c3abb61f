package io.everstate.backup.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** Connections to database files, none of which loads extensions or goes through a link. */
final class Connections {
    private static final int READ_ONLY = 0x1;
    private static final int READ_WRITE = 0x2;
    private static final int URI = 0x40;
    private static final int NO_FOLLOW = 0x0100_0000;

    private static final int FULL = 13;
    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;

    private Connections() {}

    /**
     * To a database that belongs to others. Nothing is written, neither to it nor beside it: a hot journal is refused, and the index of the
     * write-ahead log is only read.
     *
     * @param patience how long others' locks are waited for
     */
    static SQLiteConnection toOthers(Path database, Duration patience) throws SQLException {
        return open(database, "?mode=ro&readonly_shm=1", READ_ONLY, patience);
    }

    /** To a copy of our own that SQLite is to bring in order. */
    static SQLiteConnection toRecover(Path copy) throws SQLException {
        return open(copy, "?mode=rw", READ_WRITE, Duration.ZERO);
    }

    /** To a copy of our own that nobody writes to any more. */
    static SQLiteConnection toCheck(Path copy) throws SQLException {
        return open(copy, "?mode=ro&immutable=1", READ_ONLY, Duration.ZERO);
    }

    private static SQLiteConnection open(Path file, String parameters, int mode, Duration patience)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("open_mode", String.valueOf(mode | URI | NO_FOLLOW));
        var config = new SQLiteConfig(properties);
        config.setBusyTimeout((int) patience.toMillis());
        config.enableLoadExtension(false);
        Connection connection = config.createConnection("jdbc:sqlite:file:" + escaped(file) + parameters);
        return (SQLiteConnection) connection;
    }

    /** A path may hold what means something in a URI. */
    private static String escaped(Path file) {
        var escaped = new StringBuilder();
        for (var b : file.toString().getBytes(StandardCharsets.UTF_8)) {
            var plain = "/.-_".indexOf(b) >= 0 || (b > 0 && Character.isLetterOrDigit(b));
            escaped.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
        }
        return escaped.toString();
    }

    /** The content is wrong, and would be at another time. */
    static boolean isDamage(SQLException e) {
        return primaryCode(e) == CORRUPT || primaryCode(e) == NOT_A_DATABASE;
    }

    /** There is no room for the copy. */
    static boolean isFull(SQLException e) {
        return primaryCode(e) == FULL;
    }

    private static int primaryCode(SQLException e) {
        return e.getErrorCode() & 0xff;
    }
}
