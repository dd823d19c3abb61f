package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.FoldedBot;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.ReadableFold;
import io.everstate.state.parking.ParkedView;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Bots as this replica has folded them, stored or not. The rows are asked first how far they are, on which states, and whose the bot is: what
 * another replica has stored meanwhile, or a rebuild or a person has put in their place, is never answered with something older. That is one
 * statement of two keys, which waits for no lock of a row, and reads no state.
 */
@Singleton
final class FoldedAhead {
    private static final String PLACE = """
            select o.next_offset, o.revision, coalesce(b.partition, o.partition) as home
            from partition_offsets o left join bots b on b.id = ? where o.partition = ?""";

    private final Transactions transactions;
    private final FoldsHere folds;

    FoldedAhead(Transactions transactions, FoldsHere folds) {
        this.transactions = transactions;
        this.folds = folds;
    }

    /** How far the rows of a partition are. */
    private record Stored(long nextOffset, long revision, int home) {
        static Stored of(ResultSet row) throws SQLException {
            return new Stored(row.getLong("next_offset"), row.getLong("revision"), row.getInt("home"));
        }
    }

    /** Empty when the rows have to be read: its partition is folded elsewhere, or they may have more than is folded here. */
    Optional<BotAnswer> find(BotId bot) {
        return folds.having(bot)
                .flatMap(fold -> transactions
                        .ask(connection -> stored(connection, bot, fold.partition()))
                        .flatMap(stored -> find(bot, fold, stored)));
    }

    private static Optional<BotAnswer> find(BotId bot, ReadableFold fold, Stored stored) {
        return stored.home() == fold.partition()
                ? fold.find(bot, stored.nextOffset(), stored.revision()).map(folded -> answer(folded, fold.partition()))
                : Optional.empty();
    }

    private static BotAnswer answer(FoldedBot bot, int partition) {
        var parked = bot.parked();
        return new BotAnswer(
                bot.state(),
                parked == null
                        ? null
                        : ParkedView.of(partition, parked, bot.state().sequence()));
    }

    /** The number of the bot's newest event that is folded here; 0 when there is none. */
    long sequence(BotId bot) {
        return folds.sequence(bot);
    }

    private static Optional<Stored> stored(Connection connection, BotId bot, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(PLACE)) {
            statement.setObject(1, bot.value());
            statement.setInt(2, partition);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(Stored.of(row)) : Optional.empty();
            }
        }
    }
}
