package io.everstate.state.finding;

import io.everstate.contracts.view.Page;
import io.everstate.state.finding.FindingView.Settled;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that was found, in the log and in snapshots. */
@Singleton
final class Findings {
    private static final String SELECT = """
            select r.result, r.kind, s.id as snapshot, r.bot, r.partition, r.record_offset, r.sequence, r.validated_at, r.happened_at,
                   r.valid, r.findings, r.healed_at, r.settled_by, r.settled_reason
            from state_validation_results r left join system_state_snapshots s on s.snapshot = r.snapshot
            """;

    private static final String LIST =
            SELECT + "where ?::bigint is null or r.result < ?::bigint order by r.result desc limit ?";

    private static final String ONE = SELECT + "where r.result = ?";

    private static final UUID NOBODY = new UUID(0, 0);

    private final Transactions transactions;

    Findings(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The newest first.
     *
     * @param after id of the last one that is known
     */
    Page<FindingView> found(PageLimit limit, @Nullable Long after) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(LIST)) {
                statement.setObject(1, after);
                statement.setObject(2, after);
                statement.setInt(3, limit.items() + 1);
                var views = new ArrayList<FindingView>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        views.add(view(rows));
                    }
                }
                return limit.page(views, view -> Long.toString(view.id()));
            }
        });
    }

    /** One of which it is known that it is there, as a transaction sees it. */
    FindingView required(Connection connection, long id) throws SQLException {
        try (var statement = connection.prepareStatement(ONE)) {
            statement.setLong(1, id);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("finding " + id + " is gone");
                }
                return view(row);
            }
        }
    }

    private static FindingView view(ResultSet row) throws SQLException {
        var bot = row.getObject("bot", UUID.class);
        return new FindingView(
                row.getLong("result"),
                row.getString("kind"),
                row.getObject("snapshot", UUID.class),
                NOBODY.equals(bot) ? null : bot,
                row.getObject("partition", Integer.class),
                row.getObject("record_offset", Long.class),
                row.getObject("sequence", Long.class),
                row.getObject("validated_at", OffsetDateTime.class).toInstant(),
                instant(row, "happened_at"),
                row.getBoolean("valid"),
                row.getString("findings").lines().toList(),
                instant(row, "healed_at"),
                settled(row));
    }

    private static @Nullable Settled settled(ResultSet row) throws SQLException {
        var by = row.getString("settled_by");
        return by == null ? null : new Settled(by, row.getString("settled_reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
