package io.everstate.state.restore.record;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Columns;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of restores, a bot each: the rows of {@code system_recovery_bots}. */
@Singleton
public final class RecoverySteps {
    private static final String BEGIN = """
            insert into system_recovery_bots (recovery, place, bot, outcome, run, attempts, needs, view)
            select r.recovery, s.place, s.bot, 'WAITING', 'UNTOUCHED', 0, s.needs::uuid[], s.view
            from unnest(?, ?, ?, ?) as s (place, bot, needs, view), (select ?::bigint as recovery) r""";

    private static final String ALL = "select * from system_recovery_bots where recovery = ? order by place";
    private static final String PAGE =
            "select place, view from system_recovery_bots where recovery = ? and place > ? order by place limit ?";
    private static final String TARGET = "select target from system_recovery_bots where recovery = ? and place = ?";

    private static final String KEEP = """
            update system_recovery_bots
            set outcome = ?, run = ?, attempts = ?, view = ?, target = case when ? then null else coalesce(?, target) end
            where recovery = ? and place = ?""";

    private final Transactions transactions;
    private final JsonFormat json;

    public RecoverySteps(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    void begin(Connection connection, Recovery recovery, List<BotStep> parts) throws SQLException {
        if (parts.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(BEGIN)) {
            var columns = new Columns<>(connection, statement, parts);
            columns.add("int4", BotStep::place, Integer[]::new);
            columns.add("uuid", part -> part.bot().value(), UUID[]::new);
            columns.texts(RecoverySteps::needs);
            columns.add("bytea", part -> json.write(part.view()), byte[][]::new);
            statement.setLong(5, recovery.number());
            statement.executeUpdate();
        }
    }

    /** As PostgreSQL writes an array: one of arrays of different lengths cannot be sent. */
    private static String needs(BotStep part) {
        return "{" + String.join(",", part.needs().stream().map(UUID::toString).toList()) + "}";
    }

    /** In the order in which they are restored. */
    public List<BotStep> all(Recovery recovery) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(ALL)) {
                statement.setLong(1, recovery.number());
                var parts = new ArrayList<BotStep>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        parts.add(step(rows));
                    }
                }
                return parts;
            }
        });
    }

    private BotStep step(ResultSet row) throws SQLException {
        return new BotStep(
                row.getInt("place"),
                new BotId(row.getObject("bot", UUID.class)),
                List.of((UUID[]) row.getArray("needs").getArray()),
                BotStep.Run.valueOf(row.getString("run")),
                row.getInt("attempts"),
                json.read(row.getBytes("view"), BotRestoreView.class));
    }

    /** @param after the place of the last one that is known */
    public Page<BotRestoreView> page(Recovery recovery, PageLimit limit, int after) {
        var found = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(PAGE)) {
                statement.setLong(1, recovery.number());
                statement.setInt(2, after);
                statement.setInt(3, limit.items() + 1);
                var views = new ArrayList<BotRestoreView>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        views.add(json.read(rows.getBytes("view"), BotRestoreView.class));
                    }
                }
                return views;
            }
        });
        // places are 0, 1, 2 ... without gaps
        var page = limit.page(found, _ -> Integer.toString(after + limit.items()));
        return new Page<>(page.items(), page.next());
    }

    /** To which the bot goes back; known until its part is over. */
    public BotState target(Recovery recovery, BotStep part) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(TARGET)) {
                statement.setLong(1, recovery.number());
                statement.setInt(2, part.place());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return json.read(row.getBytes(1), BotState.class);
                }
            }
        });
    }

    /** @param target to be kept from now on; null leaves it */
    public void keep(Fence fence, Recovery recovery, BotStep part, @Nullable BotState target) {
        transactions.write(connection -> {
            fence.check(connection);
            try (var statement = connection.prepareStatement(KEEP)) {
                statement.setString(1, part.outcome().name());
                statement.setString(2, part.run().name());
                statement.setInt(3, part.attempts());
                statement.setBytes(4, json.write(part.view()));
                statement.setBoolean(5, part.over());
                statement.setBytes(6, target == null ? null : json.write(target));
                statement.setLong(7, recovery.number());
                statement.setInt(8, part.place());
                return statement.executeUpdate();
            }
        });
    }
}
