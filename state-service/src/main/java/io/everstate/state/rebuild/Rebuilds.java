package io.everstate.state.rebuild;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the rebuilds. A status changes only from where the writer believes it to be. */
@Singleton
final class Rebuilds {
    // of two at once, and of a repetition with the same key, one row comes
    private static final String BEGIN = """
            insert into rebuilds (id, request_key, status, reason, started_by) values (?, ?, 'FOLDING', ?, ?)
            on conflict do nothing""";

    private static final String SELECT = "select * from rebuilds ";
    private static final String OPEN = SELECT + "where status = any (?)";
    private static final String BY_ID = SELECT + "where id = ?";
    private static final String BY_KEY = SELECT + "where request_key = ?";
    private static final String NEWEST = SELECT + "order by rebuild desc limit 100";

    private static final String MOVE =
            "update rebuilds set status = ?, note = ?, changed_at = now() where rebuild = ? and status = ?";

    private static final String COMPARED = "update rebuilds set differences = ? where rebuild = ?";

    private static final String ACCEPT = """
            update rebuilds set accepted = ?,
                accepted_bots = array(select bot from rebuild_differences d where d.rebuild = rebuilds.rebuild)
            where rebuild = ?""";

    private static final String ACCEPT_NONE =
            "update rebuilds set accepted = null, accepted_bots = '{}' where rebuild = ?";

    private static final String UNACCEPTED = """
            select count(*) from rebuild_differences d join rebuilds r on r.rebuild = d.rebuild
            where d.rebuild = ? and d.bot <> all (r.accepted_bots)""";

    private final Transactions transactions;

    Rebuilds(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @return false when there is an open one, or one of this key */
    boolean begin(UUID id, @Nullable String key, String reason, String by) {
        return transactions.write(connection -> {
                    try (var statement = connection.prepareStatement(BEGIN)) {
                        statement.setObject(1, id);
                        statement.setString(2, key);
                        statement.setString(3, reason);
                        statement.setString(4, by);
                        return statement.executeUpdate();
                    }
                })
                == 1;
    }

    /** The one that has tables now. */
    Optional<Rebuild> open() {
        var open = Arrays.stream(RebuildStatus.values())
                .filter(RebuildStatus::isOpen)
                .map(RebuildStatus::name)
                .toArray();
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(OPEN)) {
                statement.setArray(1, connection.createArrayOf("text", open));
                return rebuilds(statement).stream().findFirst();
            }
        });
    }

    Optional<Rebuild> find(UUID id) {
        return one(BY_ID, id);
    }

    Optional<Rebuild> findByKey(String key) {
        return one(BY_KEY, key);
    }

    private Optional<Rebuild> one(String query, Object value) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(query)) {
                statement.setObject(1, value);
                return rebuilds(statement).stream().findFirst();
            }
        });
    }

    /** The newest 100, the newest first. */
    List<Rebuild> newest() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(NEWEST)) {
                return rebuilds(statement);
            }
        });
    }

    /** @return false when it is not any more as it was known */
    static boolean move(Connection connection, Rebuild known, RebuildStatus to, @Nullable String note)
            throws SQLException {
        try (var statement = connection.prepareStatement(MOVE)) {
            statement.setString(1, to.name());
            statement.setString(2, note);
            statement.setLong(3, known.number());
            statement.setString(4, known.status().name());
            return statement.executeUpdate() == 1;
        }
    }

    static void compared(Connection connection, Rebuild known, long differences) throws SQLException {
        try (var statement = connection.prepareStatement(COMPARED)) {
            statement.setLong(1, differences);
            statement.setLong(2, known.number());
            statement.executeUpdate();
        }
    }

    /** The bots that differ by now may, and no others. */
    static void accept(Connection connection, Rebuild known, String reason) throws SQLException {
        try (var statement = connection.prepareStatement(ACCEPT)) {
            statement.setString(1, reason);
            statement.setLong(2, known.number());
            statement.executeUpdate();
        }
    }

    static void acceptNone(Connection connection, Rebuild known) throws SQLException {
        try (var statement = connection.prepareStatement(ACCEPT_NONE)) {
            statement.setLong(1, known.number());
            statement.executeUpdate();
        }
    }

    /** How many bots differ by the newest comparison that may not. */
    static long unaccepted(Connection connection, Rebuild known) throws SQLException {
        try (var statement = connection.prepareStatement(UNACCEPTED)) {
            statement.setLong(1, known.number());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<Rebuild> rebuilds(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var rebuilds = new ArrayList<Rebuild>();
            while (rows.next()) {
                rebuilds.add(rebuild(rows));
            }
            return rebuilds;
        }
    }

    private static Rebuild rebuild(ResultSet row) throws SQLException {
        return new Rebuild(
                row.getLong("rebuild"),
                row.getObject("id", UUID.class),
                RebuildStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getObject("differences", Long.class),
                row.getString("accepted"),
                row.getString("note"));
    }
}
