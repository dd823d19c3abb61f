package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.awaiting.AwaitedEvents;
import io.everstate.state.awaiting.Deadline;
import io.everstate.state.awaiting.ShownBots;
import io.everstate.state.format.StoredState;
import io.everstate.state.parking.ParkedBots;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bots and their trades as they are folded. */
@Singleton
final class BotQueries {
    private static final String ONE = "select state, older from bots where id = ?";

    private static final String KEY = "select bot from bots where id = ?";

    private static final String TRADES =
            "select trade from trades where bot = ? and (sequence, leg) > (?, ?) order by sequence, leg limit ?";

    private final Transactions transactions;
    private final ParkedBots parked;
    private final JsonFormat json;
    private final FoldedAhead ahead;
    private final AwaitedEvents awaited;
    private final ShownBots shown;

    BotQueries(
            Transactions transactions,
            ParkedBots parked,
            JsonFormat json,
            FoldedAhead ahead,
            AwaitedEvents awaited,
            ShownBots shown) {
        this.transactions = transactions;
        this.parked = parked;
        this.json = json;
        this.ahead = ahead;
        this.awaited = awaited;
        this.shown = shown;
    }

    /**
     * As far as this replica has folded it, or as it is stored, whichever is newer.
     *
     * @throws UnknownBotException when there is none, or nothing is known of it because its first record is not understood
     */
    BotAnswer bot(BotId bot) {
        return ahead.find(bot).orElseGet(() -> stored(bot));
    }

    /**
     * The same behind the event of that number.
     *
     * @throws io.everstate.contracts.problem.ProblemException UNAVAILABLE when it does not come in time
     */
    BotAnswer bot(BotId bot, long atLeast) {
        var until = awaited.deadline();
        awaited.awaitFolded(bot, atLeast, () -> ahead.sequence(bot), until);
        var folded = ahead.find(bot);
        if (folded.isPresent() && folded.get().state().sequence() >= atLeast) {
            return folded.get();
        }
        awaited.await(bot, atLeast, until); // what was heard of is folded elsewhere now, and counts when it is stored
        return bot(bot);
    }

    /**
     * Returns when the row has that event.
     *
     * @param atLeast as it was sent; null waits for nothing
     * @throws io.everstate.contracts.problem.ProblemException UNAVAILABLE when it does not come in time
     */
    void awaitStored(BotId bot, @Nullable String atLeast) {
        awaitStored(bot, atLeast, awaited.deadline());
    }

    private void awaitStored(BotId bot, @Nullable String atLeast, Deadline until) {
        if (atLeast != null) {
            awaited.await(bot, BotParameters.sequence("atLeast", atLeast), until);
        }
    }

    /**
     * The same; and the past is told from rows, and must not deny what was shown of the present already: returns when the row has what is
     * folded here now, up to that event.
     *
     * @throws io.everstate.contracts.problem.ProblemException UNAVAILABLE when it does not come in time
     */
    void awaitStoredAndShown(BotId bot, @Nullable String atLeast, long upTo) {
        var until = awaited.deadline();
        awaitStored(bot, atLeast, until);
        var shown = Math.min(ahead.sequence(bot), upTo);
        if (shown > 0) {
            awaited.await(bot, shown, until);
        }
    }

    private BotAnswer stored(BotId bot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(ONE)) {
                statement.setObject(1, bot.value());
                var state = state(statement);
                var parking = parked.find(connection, bot).orElse(null);
                return new BotAnswer(state.orElseThrow(() -> UnknownBotException.of(bot, parking)), parking);
            }
        });
    }

    /**
     * In the order of their sequence, the legs of a cycle in theirs.
     *
     * @param after the last one that is known
     * @throws UnknownBotException when there is no such bot
     */
    Page<Trade> trades(BotId bot, PageLimit limit, TradePlace after) {
        var key = shown.find(bot, () -> transactions.read(connection -> key(connection, bot)))
                .orElseThrow(() -> new UnknownBotException(bot));
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(TRADES)) {
                statement.setLong(1, key);
                statement.setLong(2, after.sequence());
                statement.setInt(3, after.leg());
                statement.setInt(4, limit.items() + 1);
                var trades = trades(statement);
                return limit.page(trades, trade -> TradePlace.of(trade).toString());
            }
        });
    }

    private static Optional<Long> key(Connection connection, BotId bot) throws SQLException {
        try (var statement = connection.prepareStatement(KEY)) {
            statement.setObject(1, bot.value());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private Optional<BotState> state(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(StoredState.of(row).read(json)) : Optional.empty();
        }
    }

    private List<Trade> trades(PreparedStatement statement) throws SQLException {
        var trades = new ArrayList<Trade>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                trades.add(json.read(rows.getBytes(1), Trade.class));
            }
        }
        return trades;
    }
}
