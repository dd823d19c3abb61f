package io.everstate.state.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
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
    /** Reads a row of each bot, without its state. */
    private static final String SUMS = """
            select status, kind, count(*) as bots, count(*) filter (where emergency) as emergencies, sum(trades) as trades,
                   sum(profit) as profit, sum(restarts) as restarts,
                   bool_or(labels @> array['everstate=default-arbitrage'] and status <> 'DELETED') as arbitrage
            from bots group by status, kind""";

    public static FleetSums of(Collection<BotFigures> bots) {
        var statuses = new EnumMap<BotStatus, Long>(BotStatus.class);
        var kinds = new EnumMap<BotKind, Long>(BotKind.class);
        long emergencies = 0;
        long trades = 0;
        long restarts = 0;
        var profit = Amount.ZERO;
        var arbitrage = false;
        for (var bot : bots) {
            statuses.merge(bot.status(), 1L, Long::sum);
            kinds.merge(bot.kind(), 1L, Long::sum);
            emergencies += bot.emergency() ? 1 : 0;
            trades += bot.trades();
            restarts += bot.restarts();
            profit = profit.plus(bot.profit());
            arbitrage |= bot.defaultArbitrage() && bot.status() != BotStatus.DELETED;
        }
        return new FleetSums(named(statuses), named(kinds), emergencies, trades, profit, restarts, arbitrage);
    }

    private static Map<String, Long> named(Map<? extends Enum<?>, Long> counts) {
        var named = new TreeMap<String, Long>();
        counts.forEach((word, count) -> named.put(word.name(), count));
        return named;
    }

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
