package io.everstate.state.history;

import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Counts how often the system was started: a run begins with a replica that finds no other one alive, so one that is exchanged for another, or
 * starts beside others, does not count. Lives are told by the database's clock, which all replicas share.
 */
@Singleton
public final class SystemRuns {
    private static final String LOCK = "lock table system_replicas in exclusive mode";
    private static final String ALIVE = """
            select max(run) as run from system_replicas
            where instance <> ? and seen_at > now() - ? * interval '1 millisecond'""";
    private static final String BEGIN = "insert into system_runs (started_at) values (now()) returning run";
    private static final String ENTER = """
            insert into system_replicas (instance, run, seen_at) values (?, ?, now())
            on conflict (instance) do update set run = excluded.run, seen_at = excluded.seen_at""";
    private static final String SEEN = "update system_replicas set seen_at = now() where instance = ?";
    private static final String LEAVE = "delete from system_replicas where instance = ?";
    private static final String PRESENT = """
            select run, started_at, (select count(*) from system_runs) - 1 as restarts
            from system_runs order by run desc limit 1""";

    private final Transactions transactions;

    public SystemRuns(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A replica has started.
     *
     * @param lease for how long the others count as alive after they were seen
     * @return the number of the run, a new one when nobody else lives
     */
    long enter(String instance, Duration lease) {
        return transactions.write(connection -> {
            execute(connection, LOCK); // of two that start together only the first begins a run
            var run = alive(connection, instance, lease).orElse(null);
            var entered = run == null ? begin(connection) : run;
            try (var statement = connection.prepareStatement(ENTER)) {
                statement.setString(1, instance);
                statement.setLong(2, entered);
                statement.executeUpdate();
            }
            return entered;
        });
    }

    private static Optional<Long> alive(Connection connection, String instance, Duration lease) throws SQLException {
        try (var statement = connection.prepareStatement(ALIVE)) {
            statement.setString(1, instance);
            statement.setLong(2, lease.toMillis());
            try (var row = statement.executeQuery()) {
                row.next();
                var run = row.getLong("run");
                return row.wasNull() ? Optional.empty() : Optional.of(run);
            }
        }
    }

    private static long begin(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(BEGIN);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong("run");
        }
    }

    /**
     * The replica lives.
     *
     * @return false when nobody knows of it: the database was made anew
     */
    boolean seen(String instance) {
        return change(SEEN, instance) > 0;
    }

    /** The replica stops in order. */
    void leave(String instance) {
        change(LEAVE, instance);
    }

    private int change(String sql, String instance) {
        return transactions.write(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, instance);
                return statement.executeUpdate();
            }
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Empty until the first replica has entered. */
    public static Optional<SystemRun> present(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(PRESENT);
                var row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new SystemRun(
                            row.getLong("run"),
                            row.getObject("started_at", OffsetDateTime.class).toInstant(),
                            row.getLong("restarts")))
                    : Optional.empty();
        }
    }
}
