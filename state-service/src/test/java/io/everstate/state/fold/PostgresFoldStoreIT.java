package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresFoldStoreIT implements FoldStoreContract {
    private final TestDatabase database = TestDatabase.withTables();

    @Override
    public FoldStore store() {
        return FoldStores.of(database);
    }

    @Test
    void keepsATradeARowAndAddsUpWhatWasSkipped() {
        var store = store();
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var first = projection.fold(StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 3)));
        var second = projection.fold(StoredRecords.from(5, OWNER.trade(bot, 4), OWNER.trade(bot, 4)));

        store.commit(List.of(first));
        store.commit(List.of(second));

        assertThat(count("select count(*) from trades")).isEqualTo(2);
        assertThat(count("select duplicates from partition_offsets where partition = 0"))
                .isEqualTo(2);
    }

    @Test
    void saysOfEachBotWhichBatchChangedItLast() {
        var store = store();
        var early = Owner.newBot();
        var late = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);

        store.commit(List.of(
                projection.fold(StoredRecords.from(0, OWNER.claim(), OWNER.created(early), OWNER.created(late)))));
        store.commit(List.of(projection.fold(StoredRecords.from(3, OWNER.started(late)))));

        assertThat(count("select changed from bots where id = '" + early + "'")).isEqualTo(3);
        assertThat(count("select changed from bots where id = '" + late + "'")).isEqualTo(4);
    }

    @Test
    void tellsWhatItHasCommittedAndNothingElse() {
        var heard = new ArrayList<FoldedBatch>();
        var store = new PostgresFoldStore(database.transactions(), TestJson.format(), List.of(heard::addAll));
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var batch = projection.fold(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));

        store.commit(List.of(batch));
        assertThatThrownBy(() -> store.commit(List.of(batch))).isInstanceOf(PartitionLostException.class);

        assertThat(heard).containsExactly(batch);
    }

    /** So unlike others that a hundred are too large for a row, as a frame too. */
    private static LogRecord trade(BotId bot, long sequence) {
        var random = new Random(sequence);
        var price = Amount.of("%d.%08d".formatted(1 + random.nextInt(1_000), random.nextInt(100_000_000)));
        var fee = Amount.of("0.%08d".formatted(random.nextInt(100_000_000)));
        var side = sequence % 2 == 1 ? Side.BUY : Side.SELL;
        var at = Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextInt());
        var fill = new Fill("BTC/USD", side, Amount.of("0.5"), price, fee, at, sequence);
        return OWNER.record(bot, sequence, new TradeExecuted(fill));
    }

    private static List<ConsumerRecord<String, byte[]>> trading(BotId bot, int trades) {
        return trading(List.of(bot), trades);
    }

    /** One bot behind the other. */
    private static List<ConsumerRecord<String, byte[]>> trading(List<BotId> bots, int trades) {
        var records = new ArrayList<LogRecord>(List.of(OWNER.claim()));
        for (var bot : bots) {
            records.addAll(List.of(OWNER.created(bot), OWNER.started(bot)));
            for (int trade = 0; trade < trades; trade++) {
                records.add(trade(bot, 3 + trade));
            }
        }
        return StoredRecords.from(0, records.toArray(LogRecord[]::new));
    }

    /** What is read is what was folded. */
    private static void isWhole(FoldStore store, FoldedBatch last) {
        assertThat(store.load(0, TOPIC_ID).bots()).isEqualTo(last.bots());
    }

    @Test
    void writesOnlyTheTradesBehindTheOlderOnesUntilTheyAreTooMany() {
        var store = store();
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(projection.fold(trading(bot, 120))));
        var before = older();

        for (int trade = 0; trade < TradesCuts.MOST_BEHIND; trade++) {
            var batch = projection.fold(StoredRecords.from(123 + trade, trade(bot, 123 + trade)));
            store.commit(List.of(batch));

            assertThat(older()).as("where it was, not written again").isEqualTo(before);
            isWhole(store, batch);
        }
        var last = 123 + TradesCuts.MOST_BEHIND;
        var batch = projection.fold(StoredRecords.from(last, trade(bot, last)));
        store.commit(List.of(batch));

        assertThat(older()).isNotEqualTo(before);
        isWhole(store, batch);
    }

    /** The number of the value outside of the row, and of the cut. */
    private String older() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(
                            "select pg_column_toast_chunk_id(older) || ' ' || older_at from bots");
                    var row = statement.executeQuery()) {
                row.next();
                return Objects.requireNonNull(row.getString(1), "it is within the row");
            }
        });
    }

    @Test
    void aBotThatWentBackToFewTradesHasNoOlderOnes() {
        var store = store();
        var bot = Owner.newBot();
        var records = trading(bot, 40);
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var few = projection.fold(records.subList(0, 7));
        store.commit(List.of(few));
        store.commit(List.of(projection.fold(records.subList(7, records.size()))));
        assertThat(count("select count(*) from bots where older is not null")).isEqualTo(1);

        var back = OWNER.record(bot, 50, new CheckpointTaken("test", few.bots().getFirst()));
        var batch = projection.fold(StoredRecords.from(records.size(), back));
        store.commit(List.of(batch));

        assertThat(count("select count(*) from bots where older is null and older_at is null"))
                .isEqualTo(1);
        isWhole(store, batch);
    }

    @Test
    void whoFindsOtherOlderTradesThanItWroteHasLostThePartition() {
        var store = store();
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(projection.fold(trading(bot, 40))));
        var known = store.load(0, TOPIC_ID);
        change("update bots set older_at = older_at - 1");
        var batch = projection.fold(StoredRecords.from(43, OWNER.trade(bot, 43)));

        assertThatThrownBy(() -> store.commit(List.of(batch)))
                .isInstanceOf(PartitionLostException.class)
                .hasMessageContaining(bot.toString());

        assertThat(store.load(0, TOPIC_ID)).as("nothing has changed").isEqualTo(known);
        assertThat(count("select count(*) from trades")).isEqualTo(40);
    }

    @Test
    void whoLostThePartitionWritesNoPartOverWhatAnotherWrote() {
        var store = store();
        var bot = Owner.newBot();
        var slow = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(slow.fold(trading(bot, 40))));
        var other = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var next = other.fold(StoredRecords.from(43, OWNER.trade(bot, 43)));
        store.commit(List.of(next));
        var late = slow.fold(StoredRecords.from(43, OWNER.trade(bot, 43)));

        assertThatThrownBy(() -> store.commit(List.of(late))).isInstanceOf(PartitionLostException.class);

        isWhole(store, next);
    }

    /** Cut at the same event in both, so that the cut does not tell them apart, and with more that the row must not get as a whole. */
    @ParameterizedTest(name = "with {0} trades")
    @ValueSource(ints = {40, 60})
    void ofABotInTwoPartitionsTheOtherOneWritesNoPartEither(int trades) {
        var store = store();
        var bot = Owner.newBot();
        var first = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var second = new PartitionProjection(1, store.load(1, TOPIC_ID), StoredRecords.CODEC);
        var known = first.fold(trading(bot, 40));
        store.commit(List.of(known));
        store.commit(List.of(second.fold(trading(bot, trades))));

        store.commit(List.of(second.fold(StoredRecords.from(trades + 3, OWNER.trade(bot, trades + 3)))));

        isWhole(store, known);
        assertThat(store.load(1, TOPIC_ID).nextOffset()).isEqualTo(trades + 4);
        assertThat(count("select count(*) from trades")).isEqualTo(40);
    }

    @Test
    void whoFindsOtherOlderTradesHasLostThePartitionAlsoWhereAnotherBotIsAnotherPartitions() {
        var store = store();
        var anothers = Owner.newBot();
        var own = Owner.newBot();
        var first = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var second = new PartitionProjection(1, store.load(1, TOPIC_ID), StoredRecords.CODEC);
        var both = trading(List.of(anothers, own), 40);
        store.commit(List.of(first.fold(trading(anothers, 40))));
        store.commit(List.of(second.fold(both)));
        change("update bots set older_at = older_at - 1 where partition = 1");
        var batch = second.fold(StoredRecords.from(both.size(), OWNER.trade(anothers, 43), OWNER.trade(own, 43)));

        assertThatThrownBy(() -> store.commit(List.of(batch)))
                .isInstanceOf(PartitionLostException.class)
                .hasMessageStartingWith("1 of the bots");

        assertThat(store.load(1, TOPIC_ID).nextOffset()).isEqualTo(both.size());
    }

    /** Batches end anywhere, replicas come and go, and now and then the same batch is tried again. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isAlwaysTheWholeStateWhateverTheBotDoes(long seed) {
        var random = new Random(seed);
        var store = store();
        var records = StoredRecords.from(0, RandomHistory.records(random, 300).toArray(LogRecord[]::new));
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var oracle = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        for (int from = 0, to; from < records.size(); from = to) {
            to = Math.min(records.size(), from + 1 + random.nextInt(12));
            var batch = projection.fold(records.subList(from, to));
            var expected = oracle.fold(records.subList(from, to)).bots();
            if (random.nextInt(5) == 0) {
                rolledBack(batch);
            }

            store.commit(List.of(batch));

            assertThat(store.load(0, TOPIC_ID).bots()).isEqualTo(expected);
            if (random.nextInt(10) == 0) {
                projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
            }
        }
    }

    /** Written, and not kept: another batch of the same commit has lost its partition. */
    private void rolledBack(FoldedBatch batch) {
        var nowhere = new PartitionProjection(7, new PartitionPosition(TOPIC_ID, 5, 1, List.of()), StoredRecords.CODEC)
                .fold(StoredRecords.from(5, OWNER.claim()));

        assertThatThrownBy(() -> store().commit(List.of(batch, nowhere))).isInstanceOf(PartitionLostException.class);
    }

    private void change(String sql) {
        database.transactions().write(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    /** A cut may have been taken at the place at which the partition stands. */
    @Test
    void whatIsTakenUpAgainCountsAsChangedBehindEveryCutSoFar() {
        var store = store();
        var bot = Owner.newBot();
        var refolded = ParkedStoreContract.leftByAnEarlierVersion(store, bot, Owner.newBot());

        store.resume(0, _ -> Optional.of(refolded));

        assertThat(count("select changed from bots where sequence = 4"))
                .isGreaterThan(count("select next_offset from partition_offsets where partition = 0"));
    }

    private long count(String query) {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(query);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
