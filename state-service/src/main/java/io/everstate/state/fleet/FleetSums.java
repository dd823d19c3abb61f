package io.everstate.state.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotStatus;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all bots are together.
 *
 * @param byStatus how many bots, by their status
 * @param byKind how many bots, by their kind
 * @param defaultArbitrageBot whether there is one, and not deleted
 */
public record FleetSums(
        Map<String, Long> byStatus,
        Map<String, Long> byKind,
        long emergencyStopped,
        long trades,
        Amount profit,
        long restarts,
        boolean defaultArbitrageBot) {
    /** Reads a row of each bot, without its state: whoever wants a sum of what changes with each event reads all or counts twice. */
    private static final String SUMS = """
            select status, kind, count(*) as bots, count(*) filter (where emergency) as emergencies, sum(trades) as trades,
                   sum(profit) as profit, sum(restarts) as restarts,
                   bool_or(labels @> array['everstate=default-arbitrage'] and status <> 'DELETED') as arbitrage
            from bots group by status, kind""";

    public static FleetSums read(Connection connection) throws SQLException {
        var byStatus = new TreeMap<String, Long>();
        var byKind = new TreeMap<String, Long>();
        long emergencies = 0;
        long trades = 0;
        long restarts = 0;
        var profit = BigDecimal.ZERO;
        var arbitrage = false;
        try (var statement = connection.prepareStatement(SUMS);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                byStatus.merge(rows.getString("status"), rows.getLong("bots"), Long::sum);
                byKind.merge(rows.getString("kind"), rows.getLong("bots"), Long::sum);
                emergencies += rows.getLong("emergencies");
                trades += rows.getLong("trades");
                restarts += rows.getLong("restarts");
                profit = profit.add(rows.getBigDecimal("profit"));
                arbitrage |= rows.getBoolean("arbitrage");
            }
        }
        return new FleetSums(byStatus, byKind, emergencies, trades, Amount.of(profit), restarts, arbitrage);
    }

    public long bots() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    public long running() {
        return byStatus.getOrDefault(BotStatus.RUNNING.name(), 0L);
    }
}
