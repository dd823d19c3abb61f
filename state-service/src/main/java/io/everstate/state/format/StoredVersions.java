package io.everstate.state.format;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** The versions of each format that the database may hold. */
@Singleton
final class StoredVersions {
    // The version of a state stands in its text: to read all of them at each start would take minutes with a million
    // bots.
    private static final String OF_STATES = "select version from stored_formats where format = 'BOT_STATE'";
    private static final String OF_SNAPSHOTS = "select distinct format_version as version from system_state_snapshots";
    private static final String WILL_WRITE =
            "insert into stored_formats (format, version) values ('BOT_STATE', ?) on conflict do nothing";

    private final Transactions transactions;

    StoredVersions(Transactions transactions) {
        this.transactions = transactions;
    }

    Set<Integer> of(StoredFormat format) {
        return transactions.read(connection -> versions(
                connection,
                switch (format) {
                    case BOT_STATE -> OF_STATES;
                    case SNAPSHOT_CONTENT -> OF_SNAPSHOTS;
                }));
    }

    private static Set<Integer> versions(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var versions = new TreeSet<Integer>();
            while (rows.next()) {
                versions.add(rows.getInt("version"));
            }
            return versions;
        }
    }

    /** Before this service writes a state it is written down in which version it does. */
    void willWriteStates() {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(WILL_WRITE)) {
                statement.setInt(1, StoredState.VERSION);
                return statement.executeUpdate();
            }
        });
    }
}
