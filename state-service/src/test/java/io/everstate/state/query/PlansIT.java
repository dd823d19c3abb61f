package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.ManyBots;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.WatchedStatements;
import io.everstate.state.awaiting.AwaitedEvents;
import io.everstate.state.awaiting.AwaitingConfiguration;
import io.everstate.state.awaiting.ShownBots;
import io.everstate.state.fleet.FleetFigures;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.listing.BotList;
import io.everstate.state.listing.BotListRequest;
import io.everstate.state.parking.ParkedBots;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the database carries the queries out when its tables are filled: none may read all rows of one that grows. */
class PlansIT {
    private static final String READS_ALL = "Seq Scan on";
    private static final int BOTS = 20_000;
    private static final int TRADES = 5;

    private static WatchedStatements statements;
    private static Transactions transactions;
    private static BotId bot;

    @BeforeAll
    static void fill() {
        var database = TestDatabase.withTables();
        bot = BotId.of(new ManyBots(database).fill(BOTS, TRADES).ids("id").getFirst());
        statements = new WatchedStatements(database.connections());
        transactions = new Transactions(statements.watched());
    }

    private static void list(@Nullable String after, @Nullable String sort, Map<String, String> filter) {
        new BotList(transactions, new FleetFigures(), TestJson.format())
                .page(new BotListRequest(
                        "100",
                        after,
                        sort,
                        filter.get("status"),
                        filter.get("kind"),
                        filter.get("strategy"),
                        filter.get("emergency"),
                        filter.containsKey("label") ? List.of(filter.get("label")) : List.of(),
                        filter.get("selector")));
    }

    /** Of the offsets there is a row a partition. */
    private static Map<String, String> plans() {
        var plans = new HashMap<>(statements.plans());
        plans.keySet().removeIf(sql -> sql.endsWith("from partition_offsets"));
        return plans;
    }

    private static void assertNoneReadsAll() {
        var plans = plans();
        assertThat(plans).isNotEmpty();
        assertThat(plans).allSatisfy((sql, plan) -> assertThat(plan).as(sql).doesNotContain(READS_ALL));
    }

    @Test
    void aQueryThatReadsAllIsNoticed() {
        transactions.read(connection -> {
            try (var statement = connection.prepareStatement("select id from bots where restarts = 7")) {
                return statement.executeQuery().next();
            }
        });

        assertThat(statements.plans().values()).allMatch(plan -> plan.contains(READS_ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "name", "-name"})
    void ofPagesOfBots(String sort) {
        list(null, sort, Map.of());

        assertNoneReadsAll();
    }

    @ParameterizedTest
    @CsvSource({
        "status, STOPPED",
        "status, DELETED",
        "kind, EXTERNAL",
        "strategy, strategy 7",
        "strategy, nothing",
        "emergency, true",
        "emergency, false",
        "label, desk:7",
        "label, env:prod",
        "label, no:where",
        "selector, 'desk=7,env=test'",
        "selector, name=bot 77",
        "selector, 'strategy=strategy 7,status=RUNNING'"
    })
    void ofFilteredBots(String filter, String value) {
        list(null, null, Map.of(filter, value));
        list(bot.toString(), null, Map.of(filter, value));
        list(null, "-name", Map.of(filter, value));

        assertNoneReadsAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"profit", "-trades", "-lastActivity"})
    void ofFilteredBotsSortedByAFigure(String sort) {
        list(null, sort, Map.of("strategy", "strategy 7"));
        list(null, sort, Map.of("label", "desk:7"));
        list(null, sort, Map.of("emergency", "true"));

        assertNoneReadsAll();
    }

    /** An index on a number that every trade changes would cost the fold more than this costs a reader of a replica that does not fold all bots. */
    @ParameterizedTest
    @ValueSource(strings = {"profit", "-trades", "-lastActivity"})
    void ofAllBotsSortedByAFigureAloneReadsAll(String sort) {
        list(null, sort, Map.of());

        assertThat(plans().values()).isNotEmpty().allMatch(plan -> plan.contains(READS_ALL + " bots"));
    }

    @Test
    void ofOneBotAndItsTrades() {
        var folds = new FoldsHere(StoredRecords.CODEC, List.of());
        var queries = new BotQueries(
                transactions,
                new ParkedBots(transactions, TestJson.format()),
                TestJson.format(),
                new FoldedAhead(transactions, folds),
                awaited(),
                new ShownBots(folds, awaited()));
        queries.bot(bot);
        queries.trades(bot, new PageLimit(1), new TradePlace(2, 0));

        assertNoneReadsAll();
    }

    @Test
    void ofAwaitedEvents() {
        awaited().await(bot, 1);

        assertNoneReadsAll();
    }

    private AwaitedEvents awaited() {
        return new AwaitedEvents(transactions, TestConfiguration.of(AwaitingConfiguration.class, Map.of()));
    }
}
