package io.everstate.state.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.platform.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every statement that the compiled service has, found in its classes: none reads all rows of a table that grows, but for those that are
 * named here with their reason.
 */
class EveryStatementIT {
    private static final int BOTS = 20_000;
    /** So many that they are stored in two parts. */
    private static final int TRADES = 40;

    /** A lock, or an insert of arrays, whose types nobody knows: it looks for conflicts in an index, and nowhere else. */
    private static final Pattern READS_NOTHING =
            Pattern.compile("lock table .*|insert into (?!.*(\\bjoin\\b|\\bfrom\\s+(?!unnest))).*", Pattern.DOTALL);

    /** By the class that has the statement and the table that it reads wholly: why it may. */
    private static final Map<String, String> DELIBERATE = Map.ofEntries(
            Map.entry("ComponentTracking reads parked_bots", "a score of every bot, part by part"),
            Map.entry(
                    "FleetSums reads bots",
                    "sums of what changes with each event, where this replica does not fold all bots"),
            Map.entry(
                    "ParkedRows reads parked_bots",
                    "few rows: a partition's part when it is taken up, all for a snapshot"),
            Map.entry("Rebuilds reads rebuilds", "the open one; a row a rebuild that a person asked for"),
            Map.entry("Retention reads system_state_snapshots", "a plan of all; there are as many as retention leaves"),
            Map.entry("Scope reads bots", "a restore of many bots looks at what all of them need"),
            Map.entry("SnapshotSource reads bots", "a FULL snapshot is of all"),
            Map.entry("SnapshotSource reads rebuilds", "a row a rebuild, of which people make few"),
            Map.entry("StateCheck reads bots", "at the start, all of them, as long as it may take"),
            Map.entry(
                    "StoredVersions reads system_state_snapshots",
                    "at the start: there are as many as retention leaves"),
            Map.entry("SystemRuns reads system_runs", "a row a start of the system"),
            Map.entry("TrackedComponents reads component_state_tracking", "the mean of the scores of all bots"),
            Map.entry(
                    "ValidationJob reads system_state_snapshots",
                    "the one not looked at for longest, of as many as retention leaves"));

    /** The classes that have statements without a plan, and why: what they are is known when they are executed. */
    private static final Map<String, String> PIECES = Map.of(
            "BotList", "put together: PlansIT asks for what it becomes",
            "Comparison", "between two schemas, whose states it reads all",
            "Exchange", "between two schemas",
            "StateNotes", "of a schema: all states, a bounded number a statement",
            "Place", "of a schema beside: a row a partition",
            "TradeCounts", "of a schema beside: all trades, by their key, a bounded number a statement");

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = FilledTables.filled(BOTS);
    }

    @Test
    void readsAllRowsOfATableThatGrowsOnlyWhereItIsMeantTo() {
        var arrays = arrays();
        var reading = new TreeSet<String>();
        var pieces = new TreeSet<String>();
        for (var literal : SqlLiterals.all().entrySet()) {
            var plan = Plan.find(database, literal.getKey(), arrays.getOrDefault(literal.getKey(), Map.of()));
            if (plan.isEmpty() && !READS_NOTHING.matcher(literal.getKey()).matches()) {
                pieces.add(literal.getValue());
            }
            plan.map(Plan::readsAll).orElse(Set.of()).stream()
                    .filter(FilledTables.GROWING::contains)
                    .forEach(table -> reading.add(literal.getValue() + " reads " + table));
        }

        assertThat(reading).containsExactlyInAnyOrderElementsOf(DELIBERATE.keySet());
        assertThat(pieces)
                .as("those of which nobody knows the plan")
                .containsExactlyInAnyOrderElementsOf(PIECES.keySet());
    }

    @Test
    void aStatementThatReadsAllIsNoticed() {
        assertThat(Plan.find(database, "select id from bots where restarts = ?", Map.of()))
                .hasValueSatisfying(plan -> assertThat(plan.readsAll()).containsExactly("bots"));
    }

    private static List<ConsumerRecord<String, byte[]>> trading(Owner owner, BotId bot) {
        var records = new ArrayList<LogRecord>(List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        for (int trade = 0; trade < TRADES; trade++) {
            records.add(owner.trade(bot, 3 + trade));
        }
        return StoredRecords.from(0, records.toArray(LogRecord[]::new));
    }

    /** The statements of the fold with the element types of their arrays. */
    private static Map<String, Map<Integer, String>> arrays() {
        var statements = new ArrayParameters(database.connections());
        var store = FoldStores.of(new Transactions(statements.watched()));
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var records = new ArrayList<>(StoredRecords.from(
                0, owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3), owner.trade(bot, 9)));
        records.add(StoredRecords.strange(5, owner, bot, 4));
        var first = new PartitionProjection(0, store.load(0, "topic"), StoredRecords.CODEC).fold(records);
        store.commit(List.of(first));
        var state = first.bots().getFirst();
        store.commit(List.of(new PartitionProjection(0, store.load(0, "topic"), StoredRecords.CODEC)
                .fold(StoredRecords.from(6, owner.record(bot, 12, new CheckpointTaken("saved", state))))));
        var trader = Owner.newBot();
        // of two the second one may not write the bot
        for (int partition = 1; partition <= 2; partition++) {
            var projection = new PartitionProjection(partition, store.load(partition, "topic"), StoredRecords.CODEC);
            store.commit(List.of(projection.fold(trading(owner, trader))));
            store.commit(List.of(projection.fold(StoredRecords.from(TRADES + 3, owner.trade(trader, TRADES + 3)))));
        }
        return statements.types();
    }
}
