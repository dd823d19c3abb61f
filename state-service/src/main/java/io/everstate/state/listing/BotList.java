package io.everstate.state.listing;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.fleet.BotFigures;
import io.everstate.state.fleet.FleetFigures;
import io.everstate.state.fleet.FoldedPlace;
import io.everstate.state.format.StoredState;
import io.everstate.state.listing.BotFilter.Condition;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of bots. A page begins behind a place, not behind a number of bots: while bots come, go and trade, one that keeps its place in the
 * order is in the pages once. A list that is sorted by what changes with each event, for which there is no index, is sorted in memory where
 * this replica folds all bots; their states are read behind that and can be newer than their places.
 */
@Singleton
public final class BotList {
    private static final String STATES = "select id, state, older from bots where id = any(?)";

    private final Transactions transactions;
    private final FleetFigures fleet;
    private final JsonFormat json;

    public BotList(Transactions transactions, FleetFigures fleet, JsonFormat json) {
        this.transactions = transactions;
        this.fleet = fleet;
        this.json = json;
    }

    private record Listed(BotState bot, String key) {}

    /** @throws io.everstate.contracts.problem.InvalidException for a parameter that cannot be taken; it is named */
    public Page<BotState> page(BotListRequest request) {
        var limit = PageLimit.of(request.limit());
        var order = BotOrder.of(request.sort());
        var after = request.after() == null ? null : BotPlace.parse(request.after(), order);
        var filter = BotFilter.of(request);
        return order.figure()
                .flatMap(figure -> ranked(new Ranking(filter, figure, order.descending()), order, after, limit))
                .orElseGet(() -> stored(filter, order, after, limit));
    }

    private Optional<Page<BotState>> ranked(
            Ranking ranking, BotOrder order, @Nullable BotPlace after, PageLimit limit) {
        return fleet.asOf(transactions.read(FoldedPlace::stored)).map(bots -> {
            var page = limit.page(
                    ranking.behind(after, bots, limit.items() + 1),
                    last -> new BotPlace(order, ranking.figure().key(last), new BotId(last.id())).toString());
            return new Page<>(states(page.items()), page.next());
        });
    }

    private List<BotState> states(List<BotFigures> bots) {
        var ids = bots.stream().map(BotFigures::id).toArray(UUID[]::new);
        var states = transactions.read(connection -> {
            try (var statement = connection.prepareStatement(STATES)) {
                statement.setArray(1, connection.createArrayOf("uuid", ids));
                var found = HashMap.<UUID, BotState>newHashMap(ids.length);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(
                                rows.getObject("id", UUID.class),
                                StoredState.of(rows).read(json));
                    }
                }
                return found;
            }
        });
        return Arrays.stream(ids)
                .flatMap(id -> Stream.ofNullable(states.get(id)))
                .toList();
    }

    private Page<BotState> stored(BotFilter filter, BotOrder order, @Nullable BotPlace after, PageLimit limit) {
        var page = limit.page(
                find(filter, order, after, limit.items() + 1),
                last -> new BotPlace(order, last.key(), last.bot().id()).toString());
        return new Page<>(page.items().stream().map(Listed::bot).toList(), page.next());
    }

    private List<Listed> find(BotFilter filter, BotOrder order, @Nullable BotPlace after, int limit) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(sql(filter, order, after))) {
                bind(statement, filter, after, limit);
                var listed = new ArrayList<Listed>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        listed.add(new Listed(StoredState.of(rows).read(json), rows.getString("key")));
                    }
                }
                return listed;
            }
        });
    }

    /** Made of our own words alone; each set of conditions is a statement with a plan of its own. */
    private static String sql(BotFilter filter, BotOrder order, @Nullable BotPlace after) {
        var place = after == null ? Stream.<String>empty() : Stream.of(order.behind());
        var where = Stream.concat(filter.conditions().stream().map(Condition::sql), place)
                .collect(Collectors.joining(" and "));
        return "select state, older, %s::text as key from bots%s order by %s limit ?"
                .formatted(order.by().column(), where.isEmpty() ? "" : " where " + where, order.clause());
    }

    private static void bind(PreparedStatement statement, BotFilter filter, @Nullable BotPlace after, int limit)
            throws SQLException {
        var count = 0;
        for (var condition : filter.conditions()) {
            if (condition.value() != null) {
                statement.setString(++count, condition.value());
            }
        }
        if (after != null) {
            statement.setString(++count, after.key());
            statement.setString(++count, after.bot().toString());
        }
        statement.setInt(++count, limit);
    }
}
