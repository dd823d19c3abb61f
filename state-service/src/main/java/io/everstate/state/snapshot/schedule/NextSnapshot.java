package io.everstate.state.snapshot.schedule;

import io.everstate.contracts.view.HealthView.Due;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.schedule.SnapshotPace.Recorded;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** When the next snapshot comes by itself, as it is seen now: what happens until then may bring one forward. */
@Singleton
public final class NextSnapshot {
    private static final String NEWEST = """
            select taken_at,
                (select taken_at from system_state_snapshots where purpose = 'RESTORE_POINT' and kind = 'FULL' order by snapshot desc limit 1) as full_at
            from system_state_snapshots where purpose = 'RESTORE_POINT' order by snapshot desc limit 1""";

    private final Transactions transactions;
    private final SnapshotPace pace;
    private final Clock clock;
    private final Instant begun;

    NextSnapshot(Transactions transactions, SnapshotConfiguration configuration, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.begun = clock.instant();
        this.pace =
                new SnapshotPace(configuration.interval(), configuration.incrementalInterval(), configuration.minGap());
    }

    public Due due() {
        var now = clock.instant();
        var next = pace.next(transactions.read(this::recorded), now);
        return Due.at(next.kind().name(), next.at(), now);
    }

    private Recorded recorded(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(NEWEST);
                var row = statement.executeQuery()) {
            return row.next()
                    ? new Recorded(
                            begun,
                            instant(row.getObject("taken_at", OffsetDateTime.class)),
                            instant(row.getObject("full_at", OffsetDateTime.class)))
                    : new Recorded(begun, null, null);
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
