package io.everstate.state.rebuild;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.RebuildDifferenceView;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bots that the newest comparison of a rebuild found not to be the same. */
@Singleton
final class RebuildDifferences {
    private static final String LIST = """
            select * from rebuild_differences where rebuild = ? and (?::uuid is null or bot > ?::uuid) order by bot limit ?""";

    private final Transactions transactions;

    RebuildDifferences(Transactions transactions) {
        this.transactions = transactions;
    }

    /** In the order of the bots' ids. */
    Page<RebuildDifferenceView> of(Rebuild rebuild, PageLimit limit, @Nullable BotId after) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(LIST)) {
                var from = after == null ? null : after.value();
                statement.setLong(1, rebuild.number());
                statement.setObject(2, from);
                statement.setObject(3, from);
                statement.setInt(4, limit.items() + 1);
                var found = new ArrayList<RebuildDifferenceView>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(view(rows));
                    }
                }
                return limit.page(found, difference -> difference.bot().toString());
            }
        });
    }

    private static RebuildDifferenceView view(ResultSet row) throws SQLException {
        var sequence = row.getObject("sequence", Long.class);
        var rebuilt = row.getObject("rebuilt_sequence", Long.class);
        var what = new ArrayList<String>();
        if (rebuilt == null && sequence != null) {
            what.add("not in the rebuilt one");
        } else if (sequence == null && rebuilt != null) {
            what.add("only in the rebuilt one");
        } else if (row.getBoolean("state")) {
            what.add("state");
        }
        if (row.getLong("trades") != row.getLong("rebuilt_trades")) {
            what.add("number of trades");
        }
        what.addAll(parked(row.getBoolean("parked"), row.getBoolean("rebuilt_parked")));
        return new RebuildDifferenceView(
                new BotId(row.getObject("bot", UUID.class)),
                row.getInt("partition"),
                what.isEmpty() ? "partition" : String.join(", ", what),
                sequence,
                rebuilt,
                row.getLong("trades"),
                row.getLong("rebuilt_trades"));
    }

    private static List<String> parked(boolean first, boolean rebuilt) {
        if (first == rebuilt) {
            return List.of();
        }
        return List.of(first ? "parked in the first one only" : "parked in the rebuilt one only");
    }
}
