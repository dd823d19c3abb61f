package io.everstate.state.health.look;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.health.HealthConfiguration;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.LogUnavailableException;
import io.everstate.state.platform.Transactions;
import io.everstate.state.projection.ProjectionStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, every replica of state-service that shows there that it lives, and how far the folding is behind the log. */
@Singleton
final class StateLook implements Look {
    private static final String REPLICAS = """
            select instance, seen_at, seen_at > now() - interval '60 seconds' as lives from system_replicas
            where seen_at > now() - ? * interval '1 millisecond' order by instance""";
    private static final String OFFSETS = "select partition, next_offset from partition_offsets";

    private final Transactions transactions;
    private final EventLog log;
    private final ProjectionStatus projection;
    private final HealthConfiguration configuration;

    StateLook(Transactions transactions, EventLog log, ProjectionStatus projection, HealthConfiguration configuration) {
        this.transactions = transactions;
        this.log = log;
        this.projection = projection;
        this.configuration = configuration;
    }

    @Override
    public List<Observation> look() {
        var ends = ends();
        try {
            return transactions.read(connection -> {
                var found = new ArrayList<>(replicas(connection));
                found.add(folding(ends == null ? null : lag(ends, offsets(connection))));
                found.add(Observation.well(Component.POSTGRESQL));
                return List.copyOf(found);
            });
        } catch (ProblemException e) {
            return List.of(folding(null), Observation.away(Component.POSTGRESQL, "does not answer"));
        }
    }

    /** As this replica knows it; the lag is that of all of them. */
    private Observation folding(@Nullable Long lag) {
        var trouble = projection.trouble();
        var stopped = projection.stopped();
        var reason = trouble != null
                ? "waits: " + trouble
                : stopped.isEmpty() ? null : "does not fold partitions " + stopped.keySet() + " any more";
        var component = Component.replica(Component.STATE_SERVICE, "folding");
        return new Observation(component, reason == null ? Observation.WELL : Observation.IMPAIRED, reason, null, lag);
    }

    private List<Observation> replicas(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(REPLICAS)) {
            statement.setLong(1, configuration.keepGone().toMillis());
            var found = new ArrayList<Observation>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var seen = rows.getObject("seen_at", OffsetDateTime.class).toInstant();
                    var lives = rows.getBoolean("lives");
                    found.add(new Observation(
                            Component.replica(Component.STATE_SERVICE, rows.getString("instance")),
                            lives ? Observation.WELL : Observation.AWAY,
                            lives ? null : "was seen last at " + seen,
                            seen,
                            null));
                }
            }
            return found;
        }
    }

    private @Nullable Map<Integer, Long> ends() {
        try {
            return log.endOffsets();
        } catch (LogUnavailableException e) {
            return null;
        }
    }

    private static Map<Integer, Long> offsets(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(OFFSETS);
                var rows = statement.executeQuery()) {
            var offsets = new HashMap<Integer, Long>();
            while (rows.next()) {
                offsets.put(rows.getInt("partition"), rows.getLong("next_offset"));
            }
            return offsets;
        }
    }

    private static long lag(Map<Integer, Long> ends, Map<Integer, Long> folded) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - folded.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
