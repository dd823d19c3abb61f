package io.everstate.state.query;

import io.everstate.contracts.view.SystemStateView;
import io.everstate.contracts.view.SystemStateView.SnapshotMark;
import io.everstate.state.fleet.FleetFigures;
import io.everstate.state.fleet.FleetSums;
import io.everstate.state.fleet.FoldedPlace;
import io.everstate.state.history.SystemRun;
import io.everstate.state.history.SystemRuns;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.LogUnavailableException;
import io.everstate.state.platform.Transactions;
import io.quarkus.runtime.ApplicationConfig;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fleet as a whole. */
@Singleton
final class SystemQueries {
    private static final long UNKNOWN = -1;
    private static final FoldedPlace START = new FoldedPlace(0, 0);

    private static final String NEWEST_SNAPSHOT =
            "select id, kind, taken_at, valid from system_state_snapshots order by snapshot desc limit 1";

    private final Transactions transactions;
    private final EventLog log;
    private final FleetFigures fleet;
    private final ApplicationConfig application;
    private final Clock clock;

    SystemQueries(
            Transactions transactions, EventLog log, FleetFigures fleet, ApplicationConfig application, Clock clock) {
        this.transactions = transactions;
        this.log = log;
        this.fleet = fleet;
        this.application = application;
        this.clock = clock;
    }

    private record Stored(
            Map<Integer, FoldedPlace> places,
            @Nullable SystemRun run,
            @Nullable SnapshotMark snapshot) {
        static Stored read(Connection connection) throws SQLException {
            return new Stored(
                    FoldedPlace.stored(connection),
                    SystemRuns.present(connection).orElse(null),
                    newestSnapshot(connection));
        }
    }

    /**
     * The log's ends are asked for first, the sums are made last: with a lag of 0 everything that was acknowledged before the question is in
     * the answer.
     */
    SystemStateView systemState() {
        var ends = ends();
        var stored = transactions.read(Stored::read);
        var sums = fleet.asOf(stored.places()).map(FleetSums::of).orElseGet(() -> transactions.read(FleetSums::read));
        return view(stored, sums, ends == null ? UNKNOWN : lag(ends, stored.places()));
    }

    private SystemStateView view(Stored stored, FleetSums sums, long lag) {
        var now = clock.instant();
        var run = stored.run();
        return new SystemStateView(
                now,
                application.version().orElse("unknown"),
                run == null ? null : run.startedAt(),
                run == null ? null : Duration.between(run.startedAt(), now),
                run == null ? 0 : run.restarts(),
                sums.bots(),
                sums.running(),
                sums.byStatus(),
                sums.byKind(),
                sums.defaultArbitrageBot(),
                sums.emergencyStopped(),
                sums.trades(),
                sums.profit(),
                sums.restarts(),
                stored.snapshot(),
                lag);
    }

    private static @Nullable SnapshotMark newestSnapshot(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(NEWEST_SNAPSHOT);
                var row = statement.executeQuery()) {
            return row.next()
                    ? new SnapshotMark(
                            row.getObject("id", UUID.class),
                            row.getString("kind"),
                            row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                            row.getBoolean("valid"))
                    : null;
        }
    }

    private @Nullable Map<Integer, Long> ends() {
        try {
            return log.endOffsets();
        } catch (LogUnavailableException e) {
            return null;
        }
    }

    private static long lag(Map<Integer, Long> ends, Map<Integer, FoldedPlace> folded) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(
                        0,
                        end.getValue()
                                - folded.getOrDefault(end.getKey(), START).offset()))
                .sum();
    }
}
