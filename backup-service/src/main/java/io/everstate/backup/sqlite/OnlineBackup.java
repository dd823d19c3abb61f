package io.everstate.backup.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * SQLite's online backup within one read transaction. Taken step by step without one it would begin anew with every commit of another
 * process and never end beside a busy writer. A writer to a write-ahead log is not held up by it; one to a rollback journal waits
 * until the pages are copied.
 */
final class OnlineBackup {
    private static final int ALL_PAGES = -1;
    private static final int OK = 0;

    private OnlineBackup() {}

    /** @param target an empty file that nobody else knows */
    static void copy(SQLiteConnection source, Path target) throws SQLException {
        source.setAutoCommit(false);
        try (var statement = source.createStatement();
                var _ = statement.executeQuery("pragma schema_version")) {
            var code = source.getDatabase().backup("main", target.toString(), null, 0, 0, ALL_PAGES);
            if (code != OK) {
                throw new SQLException("the online backup ended with code " + code, "", code);
            }
        }
    }
}
