package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView.Bots;
import io.everstate.contracts.view.Page;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written down of the components. */
@Singleton
final class TrackedComponents {
    /** When a bot was active last is in its own row, which changes with each event. */
    private static final String COLUMNS = """
            select kind, id, name, score, reason, lag, errors, looked_at,
                   case kind when 'BOT' then (select b.last_activity from bots b where b.id = t.id::uuid) else last_activity end as last_activity
            from component_state_tracking t
            """;

    private static final String PAGE = COLUMNS + """
            where kind = ? and score < ? and (score, id) > (?, ?) order by kind, score, id limit ?""";

    private static final String WORST = COLUMNS + "where kind = 'BOT' and score < 100 order by kind, score, id limit ?";

    private static final String BOTS = """
            select count(*) as bots, coalesce(floor(avg(score)), 100) as mean, count(*) filter (where score < 50) as unhealthy
            from component_state_tracking where kind = 'BOT'""";

    private final Transactions transactions;
    private final Clock clock;

    TrackedComponents(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Behind which component a page begins.
     *
     * @param score below 0 for the first page
     */
    record Place(int score, String id) {
        static final Place FIRST = new Place(-1, "");

        String text() {
            return score + "." + id;
        }
    }

    /** The worst first. */
    Page<ComponentView> page(String kind, int below, PageLimit limit, Place after) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(PAGE)) {
                statement.setString(1, kind);
                statement.setInt(2, below);
                statement.setInt(3, after.score());
                statement.setString(4, after.id());
                statement.setInt(5, limit.items() + 1);
                return limit.page(views(statement), view -> new Place(view.score(), view.id()).text());
            }
        });
    }

    /**
     * All bots together, and the worst of them.
     *
     * @param worst those below 100
     */
    record Fleet(Bots bots, List<ComponentView> worst) {}

    Fleet fleet(int worst) {
        return transactions.read(connection -> {
            try (var sums = connection.prepareStatement(BOTS);
                    var statement = connection.prepareStatement(WORST)) {
                statement.setInt(1, worst);
                return new Fleet(bots(sums), views(statement));
            }
        });
    }

    private static Bots bots(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return new Bots(row.getLong("bots"), row.getInt("mean"), row.getLong("unhealthy"));
        }
    }

    private List<ComponentView> views(PreparedStatement statement) throws SQLException {
        var now = clock.instant();
        var views = new ArrayList<ComponentView>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                views.add(view(rows, now));
            }
        }
        return views;
    }

    private static ComponentView view(ResultSet row, Instant now) throws SQLException {
        var activity = row.getObject("last_activity", Long.class);
        return new ComponentView(
                row.getString("kind"),
                row.getString("id"),
                row.getString("name"),
                row.getInt("score"),
                row.getString("reason"),
                activity == null ? null : Instant.ofEpochMilli(activity),
                activity == null ? null : age(activity, now),
                row.getObject("lag", Long.class),
                row.getLong("errors"),
                row.getObject("looked_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Duration age(long activity, Instant now) {
        return Duration.ofMillis(Math.max(0, now.toEpochMilli() - activity));
    }
}
