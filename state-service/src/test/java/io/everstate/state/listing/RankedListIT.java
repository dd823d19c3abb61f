package io.everstate.state.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.BotPaused;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.WatchedStatements;
import io.everstate.state.fleet.FleetFigures;
import io.everstate.state.fleet.FleetSums;
import io.everstate.state.fleet.FoldedPlace;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.platform.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are sorted in memory, and sums that are made there, beside those that the database makes of the rows. */
class RankedListIT {
    private static final int PARTITIONS = 3;
    private static final int BOTS = 60;
    private static final int PAGE = 7;
    private static final Random RANDOM = new Random(11);

    private static Transactions transactions;
    private static WatchedStatements statements;
    private static FleetFigures fleet;
    private static BotList inMemory;
    private static BotList inDatabase;

    @BeforeAll
    static void fill() {
        var database = TestDatabase.withTables();
        transactions = database.transactions();
        statements = new WatchedStatements(database.connections());
        fleet = new FleetFigures();
        inMemory = new BotList(new Transactions(statements.watched()), fleet, TestJson.format());
        inDatabase = new BotList(transactions, new FleetFigures(), TestJson.format());
        var store = FoldStores.heardBy(fleet, database);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            fold(store, partition);
        }
    }

    /** In several commits; some of what is folded is there before the partition is taken up. */
    private static void fold(FoldStore store, int partition) {
        var owner = new Owner(1);
        var projection = new PartitionProjection(partition, store.load(partition, "topic"), StoredRecords.CODEC);
        var offset = commit(store, projection, 0, List.of(owner.claim()));
        for (int number = 0; number < BOTS; number++) {
            if (number == BOTS / 2) {
                projection = new PartitionProjection(partition, store.load(partition, "topic"), StoredRecords.CODEC);
            }
            offset = commit(store, projection, offset, history(owner, number));
        }
    }

    private static long commit(FoldStore store, PartitionProjection projection, long offset, List<LogRecord> entries) {
        store.commit(List.of(projection.fold(StoredRecords.from(offset, entries.toArray(LogRecord[]::new)))));
        return offset + entries.size();
    }

    private static List<LogRecord> history(Owner owner, int number) {
        var bot = new BotId(new UUID(RANDOM.nextLong(), RANDOM.nextLong()));
        var labels = Map.of(
                "env", number % 2 == 0 ? "prod" : "test",
                "desk", "" + number % 5,
                "everstate", number == 4 ? "default-arbitrage" : "no");
        var history = new ArrayList<LogRecord>(List.of(owner.createdWith(bot, labels)));
        if (number % 6 == 0) {
            return history;
        }
        history.add(owner.started(bot));
        var sequence = 3;
        for (int trade = RANDOM.nextInt(6); trade > 0; trade--) {
            history.add(owner.trade(bot, sequence++));
        }
        switch (number % 6) {
            case 1 -> history.add(owner.record(bot, sequence, new BotPaused()));
            case 2 -> history.add(owner.record(bot, sequence, new EmergencyStopped("test", Amount.of("0.2"))));
            case 3 -> {
                history.add(owner.record(bot, sequence, new BotPaused()));
                history.add(owner.record(bot, sequence + 1, new BotDeleted("test")));
            }
            default -> {}
        }
        return history;
    }

    private static BotListRequest request(String sort, @Nullable String after, Map<String, String> filter) {
        return new BotListRequest(
                Integer.toString(PAGE),
                after,
                sort,
                filter.get("status"),
                filter.get("kind"),
                filter.get("strategy"),
                filter.get("emergency"),
                filter.containsKey("label") ? List.of(filter.get("label")) : List.of(),
                filter.get("selector"));
    }

    /** Page by page, each from the next of the lists in turn. */
    private static List<BotState> walk(String sort, Map<String, String> filter, BotList... lists) {
        var seen = new ArrayList<BotState>();
        String after = null;
        var pages = 0;
        do {
            var page = lists[pages++ % lists.length].page(request(sort, after, filter));
            seen.addAll(page.items());
            after = page.next();
        } while (after != null);
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"profit", "-profit", "trades", "-trades", "lastActivity", "-lastActivity"})
    void areThoseOfTheDatabaseInTheSameOrder(String sort) {
        var expected = walk(sort, Map.of(), inDatabase);

        assertThat(expected).hasSize(PARTITIONS * BOTS);
        assertThat(walk(sort, Map.of(), inMemory)).isEqualTo(expected);
        assertThat(walk(sort, Map.of(), inMemory, inDatabase)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "status, RUNNING",
        "status, DELETED",
        "kind, TRADING",
        "kind, EXTERNAL",
        "strategy, sma-cross",
        "strategy, nothing",
        "emergency, true",
        "emergency, false",
        "label, env:prod",
        "label, no:where",
        "selector, name=test",
        "selector, 'desk=3,env=test'",
        "selector, 'strategy=sma-cross,status=PAUSED'"
    })
    void areFilteredAsTheDatabaseFilters(String filter, String value) {
        var wanted = Map.of(filter, value);
        var expected = walk("-trades", wanted, inDatabase);

        assertThat(walk("-trades", wanted, inMemory)).isEqualTo(expected);
    }

    @Test
    void areSortedWithoutTheDatabase() {
        inMemory.page(request("-profit", null, Map.of("status", "RUNNING")));

        assertThat(statements.plans().keySet()).isNotEmpty().noneMatch(sql -> sql.contains("order by"));
    }

    @Test
    void sumsAreThoseOfTheRows() {
        var bots = fleet.asOf(transactions.read(FoldedPlace::stored)).orElseThrow();

        assertThat(FleetSums.of(bots)).isEqualTo(transactions.read(FleetSums::read));
        assertThat(FleetSums.of(bots).defaultArbitrageBot()).isTrue();
        assertThat(bots).hasSize(PARTITIONS * BOTS);
    }
}
