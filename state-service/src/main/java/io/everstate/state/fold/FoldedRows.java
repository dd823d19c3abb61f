package io.everstate.state.fold;

import io.everstate.contracts.wire.JsonFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The rows of bots and trades that batches change: each bot's once, and the trades of a bot behind one another, so that they meet in the same
 * place of the index. A bot has one row, and it and its trades are of the partition that wrote it first; of two in one commit, of the lower one.
 */
final class FoldedRows {
    private final BotRows bots;
    private final JsonFormat json;

    FoldedRows(JsonFormat json) {
        this.bots = new BotRows(json);
        this.json = json;
    }

    /** @param bot the number of its row */
    private record NumberedTrade(long bot, FoldedTrade folded) {}

    void write(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var numbers = bots.write(connection, batches);
        writeTrades(connection, batches, numbers);
    }

    private void writeTrades(Connection connection, List<FoldedBatch> batches, Map<BotRows.Place, Long> numbers)
            throws SQLException {
        var trades = batches.stream()
                .flatMap(batch -> batch.trades().stream()
                        .map(trade -> new NumberedTrade(number(batch.partition(), trade, numbers), trade)))
                .filter(trade -> trade.bot() != BotRows.OTHERS)
                .sorted(Comparator.comparingLong(NumberedTrade::bot))
                .toList();
        if (trades.isEmpty()) {
            return;
        }
        TradeCopy.write(connection, copy -> {
            for (var one : trades) {
                var trade = one.folded().trade();
                copy.row(one.bot(), trade.sequence(), (short) trade.leg(), json.write(trade));
            }
        });
    }

    /** A trade changes its bot, so the bot is in the same batches. */
    private static long number(int partition, FoldedTrade trade, Map<BotRows.Place, Long> numbers) {
        var number = numbers.get(new BotRows.Place(partition, trade.bot().value()));
        if (number == null) {
            throw new IllegalStateException("a trade of bot " + trade.bot() + ", which has not changed");
        }
        return number;
    }
}
