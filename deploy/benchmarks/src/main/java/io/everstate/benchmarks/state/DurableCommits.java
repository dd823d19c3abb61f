package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Percentile;
import io.everstate.platform.launcher.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How long the smallest transaction takes whose commit is on disk before it is answered. */
final class DurableCommits {

    private static final int COMMITS = 3_000;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private DurableCommits() {}

    /** Milliseconds; refuses a database that does not wait for its disk. */
    static double p99(Database database) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            require(statement, "fsync");
            require(statement, "synchronous_commit");
            statement.execute("create table if not exists one (number bigint primary key, value bigint)");
            statement.execute("insert into one values (1, 0) on conflict do nothing");
            return Percentile.of(99, commits(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
            if (!row.next() || !row.getString(1).equals("on")) {
                throw new IllegalStateException(setting + " is not on: nothing that is measured would be durable");
            }
        }
    }

    private static List<Double> commits(Connection connection) throws SQLException {
        List<Double> milliseconds = new ArrayList<>(COMMITS);
        try (PreparedStatement update =
                connection.prepareStatement("update one set value = value + 1 where number = 1")) {
            for (int number = 0; number < COMMITS; number++) {
                long begin = System.nanoTime();
                update.executeUpdate();
                milliseconds.add((System.nanoTime() - begin) / NANOS_A_MILLISECOND);
            }
        }
        return milliseconds;
    }
}
