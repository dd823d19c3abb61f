package io.everstate.state.fold;

import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.ReplacedTrades;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes trades that the log has lost out of the list, and puts in their place those that it has. */
final class ReplacedRows {
    private static final String NUMBER = "select bot from bots where id = ? and partition = ?";
    private static final String TAKE_OUT =
            "delete from trades where bot = ? and sequence between ? and ? returning trade";

    private final JsonFormat json;

    ReplacedRows(JsonFormat json) {
        this.json = json;
    }

    /** @return what was found, with how many trades went */
    List<Finding> write(Connection connection, FoldedBatch batch) throws SQLException {
        var found = batch.findings().found();
        for (var replaced : batch.findings().replaced()) {
            var number = number(connection, batch.partition(), replaced);
            if (number.isPresent()) {
                found = replaced.saidIn(found, replace(connection, number.get(), replaced));
            }
        }
        return found;
    }

    private long replace(Connection connection, long bot, ReplacedTrades replaced) throws SQLException {
        var lost = replaced.lost(takeOut(connection, bot, replaced));
        if (!replaced.trades().isEmpty()) {
            TradeCopy.write(connection, copy -> {
                for (var trade : replaced.trades()) {
                    copy.row(bot, trade.sequence(), (short) trade.leg(), json.write(trade));
                }
            });
        }
        return lost;
    }

    /** Empty where the bot's row is of another partition. */
    private static Optional<Long> number(Connection connection, int partition, ReplacedTrades replaced)
            throws SQLException {
        try (var statement = connection.prepareStatement(NUMBER)) {
            statement.setObject(1, replaced.bot().value());
            statement.setInt(2, partition);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private List<Trade> takeOut(Connection connection, long bot, ReplacedTrades replaced) throws SQLException {
        try (var statement = connection.prepareStatement(TAKE_OUT)) {
            statement.setLong(1, bot);
            statement.setLong(2, replaced.from());
            statement.setLong(3, replaced.to());
            var told = new ArrayList<Trade>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.add(json.read(rows.getBytes(1), Trade.class));
                }
            }
            return told;
        }
    }
}
