package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListColumnsIT {
    private static final Owner OWNER = new Owner(1);
    private static final BotId BOT = Owner.newBot();
    private static final String COLUMNS =
            "select concat_ws('|', kind, strategy, name, labels, last_activity) from bots where id = ?";

    private static void keep(TestDatabase database, LogRecord... entries) {
        var store = FoldStores.of(database);
        var projection = new PartitionProjection(0, store.load(0, "topic"), StoredRecords.CODEC);
        store.commit(List.of(projection.fold(StoredRecords.from(0, entries))));
    }

    private static String columns(TestDatabase database) {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(COLUMNS)) {
                statement.setObject(1, BOT.value());
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }

    private static void insertAsBefore(TestDatabase database, BotState state) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("""
                    insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state)
                    values (?, 0, 1, 'STOPPED', false, 0, 0, 0, ?)""");
                    var place = connection.prepareStatement(
                            "insert into partition_offsets (partition, topic_id, next_offset, epoch) values (0, 'topic', 2, 1)")) {
                statement.setObject(1, state.id().value());
                statement.setBytes(2, TestJson.format().write(state));
                return statement.executeUpdate() + place.executeUpdate();
            }
        });
    }

    @Test
    void ofBotsOfBeforeAreWhatTheFoldWrites() {
        var created = OWNER.createdWith(BOT, Map.of("env", "prod", "desk", "7"));
        var folded = TestDatabase.withTables();
        keep(folded, OWNER.claim(), created);
        var fold = new PartitionFold();
        fold.apply(OWNER.claim());
        var before = TestDatabase.empty().migratedTo("3");
        insertAsBefore(before, ((Applied) fold.apply(created)).state());

        before.migrated();

        assertThat(columns(before))
                .isEqualTo(columns(folded))
                .isEqualTo("TRADING|sma-cross|test|{desk=7,env=prod}|1767225601000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "many", "\u001F", ""})
    void takeWhateverAForgedRecordSays(String text) {
        var hostile = text.equals("many") ? "long ".repeat(10_000) : text;
        var plain = Owner.configuration();
        var configuration = new BotConfiguration(
                hostile,
                hostile,
                plain.symbols(),
                plain.initialBalance(),
                plain.feeRate(),
                plain.parameters(),
                plain.restartPolicy(),
                null,
                Map.of(hostile, hostile));
        var created = OWNER.record(BOT, 1, new BotCreated(BotKind.TRADING, configuration));
        var database = TestDatabase.withTables();

        keep(database, OWNER.claim(), created);

        assertThat(columns(database)).startsWith("TRADING|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void takeWhateverTimeAForgedRecordHas(String time) {
        var plain = OWNER.created(BOT);
        var created = new BotEventRecorded(
                plain.id(), Instant.parse(time), plain.source(), 1, BOT, 1, null, null, plain.event());
        var database = TestDatabase.withTables();

        keep(database, OWNER.claim(), created);

        assertThat(columns(database)).startsWith("TRADING|sma-cross|");
    }
}
