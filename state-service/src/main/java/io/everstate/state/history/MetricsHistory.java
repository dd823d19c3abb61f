package io.everstate.state.history;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.view.MetricsHistoryView;
import io.everstate.contracts.view.MetricsPoint;
import io.everstate.state.fleet.FleetSums;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics by minute and by hour. A minute is written once, by whichever replica comes first; its hour is brought up to date in the same
 * statement, so an hour is never anything but what its known minutes make it.
 */
@Singleton
public final class MetricsHistory {
    private static final String WRITE = """
            with known as (
                insert into metrics_minutes (minute, bots, running, profit, trades, memory, uptime, restarts)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (minute) do nothing returning *
            )
            insert into metrics_hours (hour, bots, running, profit, trades, memory, uptime, restarts, minutes)
            select date_trunc('hour', minute, 'UTC'), bots, running, profit, trades, memory, uptime, restarts, 1 from known
            on conflict (hour) do update
            set bots = excluded.bots, running = excluded.running, profit = excluded.profit, trades = excluded.trades,
                memory = greatest(metrics_hours.memory, excluded.memory), uptime = excluded.uptime, restarts = excluded.restarts,
                minutes = metrics_hours.minutes + 1""";
    private static final String KNOWN = "select 1 from metrics_minutes where minute = ?";
    private static final String MINUTES = """
            select minute as at, bots, running, profit, trades, memory, uptime, restarts, 1 as minutes
            from metrics_minutes where minute > ? order by minute desc""";
    private static final String HOURS = """
            select hour as at, bots, running, profit, trades, memory, uptime, restarts, minutes
            from metrics_hours where hour > ? order by hour desc""";
    private static final String DROP_MINUTES = "delete from metrics_minutes where minute <= ?";
    private static final String DROP_HOURS = "delete from metrics_hours where hour <= ?";

    private final Transactions transactions;
    private final Clock clock;

    public MetricsHistory(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Writes the present minute down, unless it is already. Does nothing before the system's first run has begun.
     *
     * @return whether it was written now
     */
    boolean write() {
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return !known(minute)
                && transactions.write(connection -> {
                    var run = SystemRuns.present(connection);
                    return run.isPresent() && write(connection, minute, run.get()) > 0;
                });
    }

    /** A sum of all bots is not made for nothing. */
    private boolean known(Instant minute) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(KNOWN)) {
                statement.setObject(1, sql(minute));
                return statement.executeQuery().next();
            }
        });
    }

    private int write(Connection connection, Instant minute, SystemRun run) throws SQLException {
        var sums = FleetSums.read(connection);
        try (var statement = connection.prepareStatement(WRITE)) {
            statement.setObject(1, sql(minute));
            statement.setLong(2, sums.bots());
            statement.setLong(3, sums.running());
            statement.setBigDecimal(4, sums.profit().value());
            statement.setLong(5, sums.trades());
            statement.setLong(6, memory());
            statement.setLong(7, uptime(run).toSeconds());
            statement.setLong(8, run.restarts());
            return statement.executeUpdate();
        }
    }

    private Duration uptime(SystemRun run) {
        return Duration.between(run.startedAt(), clock.instant());
    }

    private static long memory() {
        var memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getUsed()
                + memory.getNonHeapMemoryUsage().getUsed();
    }

    /** The newest first. What nobody wrote down, for the system did not run, is left out and counted. */
    MetricsHistoryView read(Resolution resolution, Duration back) {
        var from = clock.instant().minus(back);
        var points = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(resolution == Resolution.MINUTE ? MINUTES : HOURS)) {
                statement.setObject(1, sql(from));
                return points(statement);
            }
        });
        return new MetricsHistoryView(resolution.name(), back.toHours(), points, missing(resolution, points));
    }

    private static long missing(Resolution resolution, List<MetricsPoint> points) {
        if (points.isEmpty()) {
            return 0;
        }
        var span = resolution
                        .unit()
                        .between(points.getLast().at(), points.getFirst().at())
                + 1;
        return span - points.size();
    }

    private static List<MetricsPoint> points(PreparedStatement statement) throws SQLException {
        var points = new ArrayList<MetricsPoint>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                points.add(new MetricsPoint(
                        rows.getObject("at", OffsetDateTime.class).toInstant(),
                        rows.getLong("bots"),
                        rows.getLong("running"),
                        Amount.of(rows.getBigDecimal("profit")),
                        rows.getLong("trades"),
                        rows.getLong("memory"),
                        Duration.ofSeconds(rows.getLong("uptime")),
                        rows.getLong("restarts"),
                        rows.getInt("minutes")));
            }
        }
        return points;
    }

    /** Drops what is older than what is to be kept. */
    void forget(HistoryConfiguration configuration) {
        var now = clock.instant();
        transactions.write(connection -> {
            drop(connection, DROP_MINUTES, now.minus(configuration.keepMinutes()));
            if (configuration.keepHours().isPresent()) {
                drop(connection, DROP_HOURS, now.minus(configuration.keepHours().get()));
            }
            return now;
        });
    }

    private static void drop(Connection connection, String sql, Instant until) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, sql(until));
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime sql(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
