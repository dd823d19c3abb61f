package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bots that are parked, of all partitions. */
@Singleton
public final class ParkedBots {
    private static final String SELECT = """
            select p.bot, p.partition, p.type, p.why, p.record_offset, p.since, p.sequence as passed_over,
                   coalesce(b.sequence, 0) as known_to
            from parked_bots p left join bots b on b.id = p.bot
            """;

    private static final String ONE = SELECT + "where p.bot = ? order by p.partition limit 1";

    private static final String LIST = SELECT + "where (?::uuid is null or p.bot > ?::uuid) order by p.bot limit ?";

    private static final String STATE = "select state, older from bots where id = ?";

    private final Transactions transactions;
    private final JsonFormat json;

    public ParkedBots(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    /** In the order of their ids. */
    Page<ParkedView> parked(PageLimit limit, @Nullable BotId after) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(LIST)) {
                var from = after == null ? null : after.value();
                statement.setObject(1, from);
                statement.setObject(2, from);
                statement.setInt(3, limit.items() + 1);
                return limit.page(views(statement), parked -> parked.bot().toString());
            }
        });
    }

    /** Empty when the bot is followed, or is not known at all. */
    public Optional<ParkedView> find(BotId bot) {
        return transactions.read(connection -> find(connection, bot));
    }

    /** @throws ProblemException NOT_FOUND when it is not parked */
    ParkedView required(BotId bot) {
        return find(bot).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "no parked bot " + bot));
    }

    /** {@link #find(BotId)} of the moment that a transaction sees. */
    public Optional<ParkedView> find(Connection connection, BotId bot) throws SQLException {
        try (var statement = connection.prepareStatement(ONE)) {
            statement.setObject(1, bot.value());
            return views(statement).stream().findFirst();
        }
    }

    /** What is known of a bot; empty when nothing is. */
    Optional<BotState> known(BotId bot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(STATE)) {
                statement.setObject(1, bot.value());
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(StoredState.of(row).read(json)) : Optional.empty();
                }
            }
        });
    }

    private static List<ParkedView> views(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var views = new ArrayList<ParkedView>();
            while (rows.next()) {
                views.add(view(rows));
            }
            return views;
        }
    }

    private static ParkedView view(ResultSet row) throws SQLException {
        return new ParkedView(
                new BotId(row.getObject("bot", UUID.class)),
                row.getInt("partition"),
                row.getString("type"),
                row.getString("why"),
                row.getLong("record_offset"),
                Instant.ofEpochMilli(row.getLong("since")),
                row.getLong("known_to"),
                row.getLong("passed_over"));
    }
}
