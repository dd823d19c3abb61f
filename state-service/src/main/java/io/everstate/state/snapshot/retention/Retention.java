package io.everstate.state.snapshot.retention;

import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.SnapshotKind;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Plans which snapshots go, and lets them go. */
@Singleton
final class Retention {
    /** Nobody records a snapshot, or says of one that it is not valid, between the plan and what is done by it. Reading goes on. */
    private static final String ALONE = "lock table system_state_snapshots in share row exclusive mode";

    private static final String RECORDED =
            "select snapshot, id, kind, taken_at, valid, base from system_state_snapshots";

    private static final String FORGET = """
            delete from state_validation_results
            where snapshot in (select snapshot from system_state_snapshots where id = any (?))""";

    private static final String DELETE = "delete from system_state_snapshots where id = any (?)";

    private final Transactions transactions;
    private final RetentionConfiguration configuration;
    private final Clock clock;

    Retention(Transactions transactions, RetentionConfiguration configuration, Clock clock) {
        this.transactions = transactions;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** What would be done now. Deletes nothing. */
    RetentionPlan plan() {
        return transactions.read(this::plan);
    }

    /** Does what its own plan says, all of it or nothing. */
    RetentionPlan execute() {
        return transactions.write(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(ALONE);
            }
            var plan = plan(connection);
            delete(connection, FORGET, plan.deletions());
            delete(connection, DELETE, plan.deletions());
            return plan;
        });
    }

    private RetentionPlan plan(Connection connection) throws SQLException {
        return RetentionPlan.of(recorded(connection), configuration.maxAge(), configuration.atLeast(), clock.instant());
    }

    private static List<Recorded> recorded(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(RECORDED);
                var rows = statement.executeQuery()) {
            var recorded = new ArrayList<Recorded>();
            while (rows.next()) {
                recorded.add(new Recorded(
                        rows.getLong("snapshot"),
                        rows.getObject("id", UUID.class),
                        SnapshotKind.valueOf(rows.getString("kind")),
                        rows.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        rows.getBoolean("valid"),
                        rows.getObject("base", UUID.class)));
            }
            return recorded;
        }
    }

    private static void delete(Connection connection, String what, List<UUID> snapshots) throws SQLException {
        if (snapshots.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(what)) {
            statement.setArray(1, connection.createArrayOf("uuid", snapshots.toArray()));
            statement.executeUpdate();
        }
    }
}
