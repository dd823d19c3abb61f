package io.everstate.backup.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** SQLite's own check of a whole database. The file may be anybody's work: what its schema says is not trusted, and has limits. */
final class IntegrityCheck {
    /** What a program wrote against its own rules: no damage, and a copy holds it as well as the original. */
    private static final String OF_THE_PROGRAM = "NULL value in ";

    private static final int LARGEST_VALUE = 128 << 20;
    private static final int LONGEST_STATEMENT = 1 << 20;
    private static final int LONGEST_PATTERN = 64;

    private IntegrityCheck() {}

    /**
     * @param copy nobody writes to it
     *
     * @return the first thing that is wrong
     *
     * @throws SQLException when it cannot be checked, or not within the deadline
     */
    static Optional<String> findFault(Path copy, Duration deadline) throws SQLException {
        try (var connection = Connections.toCheck(copy);
                var _ = Alarm.after(deadline, connection)) {
            limit(connection);
            try (var statement = connection.createStatement();
                    var lines = statement.executeQuery("pragma integrity_check(1000000)")) {
                while (lines.next()) {
                    var line = lines.getString(1);
                    if (!line.equals("ok") && !line.startsWith(OF_THE_PROGRAM)) {
                        return Optional.of(line);
                    }
                }
                return Optional.empty();
            }
        }
    }

    private static void limit(SQLiteConnection connection) throws SQLException {
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, LONGEST_STATEMENT);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma trusted_schema = off");
            statement.execute("pragma cell_size_check = on");
            statement.execute("pragma ignore_check_constraints = on");
        }
    }
}
