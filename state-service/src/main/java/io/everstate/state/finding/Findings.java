package io.everstate.state.finding;

import io.everstate.contracts.view.Page;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
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
    private static final String LIST = """
            select r.result, r.kind, s.id as snapshot, r.bot, r.partition, r.record_offset, r.sequence, r.validated_at, r.happened_at,
                   r.valid, r.findings, r.healed_at
            from state_validation_results r left join system_state_snapshots s on s.snapshot = r.snapshot
            where ?::bigint is null or r.result < ?::bigint
            order by r.result desc limit ?""";

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
                instant(row, "healed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
