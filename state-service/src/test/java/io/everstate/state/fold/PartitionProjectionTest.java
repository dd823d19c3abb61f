package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionProjectionTest {
    private static final PartitionPosition BEGINNING = new PartitionPosition("topic", 0, 0, List.of());

    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();

    private static PartitionProjection at(PartitionPosition position) {
        return new PartitionProjection(0, position, StoredRecords.CODEC);
    }

    @Test
    void foldsManyEventsOfABotToOneRowAndKeepsEachTrade() {
        var records = StoredRecords.from(
                0,
                owner.claim(),
                owner.created(bot),
                owner.started(bot),
                owner.trade(bot, 3),
                owner.trade(bot, 4),
                owner.trade(bot, 5));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.bots()).extracting(BotState::id, BotState::sequence).containsExactly(tuple(bot, 5L));
        assertThat(batch.trades()).extracting(trade -> trade.trade().sequence()).containsExactly(3L, 4L, 5L);
        assertThat(batch.epoch()).isEqualTo(1);
        assertThat(batch.start()).isZero();
        assertThat(batch.end()).isEqualTo(6);
    }

    @Test
    void makesATradeOfEachLegOfACycle() {
        var records = StoredRecords.from(
                0, owner.claim(), owner.createdTriangle(bot), owner.started(bot), owner.cycle(bot, 3));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.trades())
                .extracting(
                        trade -> trade.trade().sequence(),
                        trade -> trade.trade().leg())
                .containsExactly(tuple(3L, 1), tuple(3L, 2), tuple(3L, 3));
    }

    /** What it leaves out was passed over: behind a gap, or while the bot was parked. */
    @Test
    void aCheckpointThatJumpsAheadTellsTheTradesThatItCarries() {
        var known = List.of(owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3));
        var elsewhere = new PartitionFold();
        known.forEach(elsewhere::apply);
        elsewhere.apply(owner.trade(bot, 4));
        elsewhere.apply(owner.trade(bot, 5));
        var whole = elsewhere.find(bot).orElseThrow();
        var records = new ArrayList<LogRecord>(known);
        records.add(owner.trade(bot, 5));
        records.add(owner.record(bot, 8, new CheckpointTaken("asked for", whole)));
        records.add(owner.record(bot, 9, new CheckpointTaken("again", whole)));
        records.add(owner.trade(bot, 10));

        var batch = at(BEGINNING).fold(StoredRecords.from(0, records.toArray(LogRecord[]::new)));

        assertThat(batch.skipped().gaps()).isOne();
        assertThat(batch.trades()).extracting(trade -> trade.trade().sequence()).containsExactly(3L, 4L, 5L, 10L);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    @Test
    void countsWhatTheFoldSkipsByItsReason() {
        var records = StoredRecords.from(
                0,
                owner.claim(),
                owner.created(bot),
                owner.started(bot),
                owner.claim(), // stale
                new Owner(7).trade(bot, 3), // fenced: epoch 7 never claimed
                owner.started(bot), // duplicate sequence 2
                owner.trade(bot, 9), // gap
                owner.record(bot, 3, new BotStarted())); // refused: runs already

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.skipped()).isEqualTo(new SkipCounts(1, 1, 1, 1, 1, 0));
        assertThat(batch.trades()).isEmpty();
    }

    /** A producer's repetition, or another event under the same number: nobody can tell, and the first one counts everywhere. */
    @Test
    void ofTwoEventsOfOneNumberTheFirstCounts() {
        var first = owner.record(bot, 3, new BotStopped(StopReason.COMMAND));

        var batch = at(BEGINNING)
                .fold(StoredRecords.from(
                        0, owner.claim(), owner.created(bot), owner.started(bot), first, owner.trade(bot, 3)));

        assertThat(batch.skipped().duplicates()).isOne();
        assertThat(batch.trades()).isEmpty();
        assertThat(batch.bots())
                .singleElement()
                .satisfies(state -> assertThat(state.running()).isFalse());
    }

    @Test
    void goesOnWhereTheStoreStands() {
        var first = at(BEGINNING).fold(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));

        var second = at(new PartitionPosition("topic", first.end(), first.epoch(), first.bots()))
                .fold(StoredRecords.from(3, owner.trade(bot, 3)));

        assertThat(second.start()).isEqualTo(3);
        assertThat(second.trades()).hasSize(1);
    }

    @Test
    void passesOverWhatIsNotOurs() {
        var records = new ArrayList<>(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        records.add(StoredRecords.foreign(2));
        records.addAll(StoredRecords.from(3, owner.started(bot)));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.end()).isEqualTo(4);
        assertThat(batch.foreign()).isOne();
        assertThat(batch.unreadable()).isNull();
        assertThat(batch.bots()).extracting(BotState::sequence).containsExactly(2L);
    }

    @Test
    void stopsInFrontOfARecordWhoseBotCannotBeTold() {
        var records = new ArrayList<>(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        records.add(StoredRecords.unreadable(2));
        records.addAll(StoredRecords.from(3, owner.started(bot)));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.end()).isEqualTo(2);
        assertThat(batch.unreadable()).startsWith("offset 2:");
        assertThat(batch.bots()).extracting(BotState::sequence).containsExactly(1L);
    }

    @Test
    void parksTheBotOfARecordThatIsNotUnderstoodAndNoOther() {
        var other = Owner.newBot();
        var records = new ArrayList<>(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.created(other)));
        records.add(StoredRecords.strange(3, owner, bot, 2));
        records.addAll(StoredRecords.from(4, owner.started(other), owner.trade(bot, 3), owner.trade(other, 3)));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.unreadable()).isNull();
        assertThat(batch.end()).isEqualTo(7);
        assertThat(batch.bots())
                .extracting(BotState::id, BotState::sequence)
                .containsExactlyInAnyOrder(tuple(bot, 1L), tuple(other, 3L));
        assertThat(batch.parking().parked())
                .extracting(
                        ParkedBot::bot,
                        parked -> parked.parking().offset(),
                        parked -> parked.parking().sequence())
                .containsExactly(tuple(bot, 3L, 3L));
        assertThat(batch.trades()).extracting(FoldedTrade::bot).containsExactly(other);
        assertThat(batch.skipped().parked()).isEqualTo(2);
    }

    @Test
    void parksNobodyForWhatAnEarlierOwnerWrote() {
        var records = new ArrayList<>(StoredRecords.from(0, owner.claim(), owner.created(bot), new Owner(2).claim()));
        records.add(StoredRecords.strange(3, owner, bot, 2));

        var batch = at(BEGINNING).fold(records);

        assertThat(batch.parking()).isEqualTo(ParkingChanges.NONE);
        assertThat(batch.skipped().fenced()).isOne();
    }

    /** A version that does not know all events: wherever it is cut, it parks and follows as a reader of all. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void cutIntoBatchesAnywhereItParksTheSameBots(long seed) {
        var random = new Random(seed);
        var records = StoredRecords.from(0, RandomLog.of(random, 400).toArray(LogRecord[]::new));
        var older = StoredRecords.codecWithout(BotStopped.class);
        var whole = StoredRecords.fold(records, older);
        var store = new InMemoryFoldStore();

        for (int from = 0; from < records.size(); ) {
            var to = Math.min(records.size(), from + 1 + random.nextInt(40));
            var projection = new PartitionProjection(0, store.load(0, "topic"), older);
            store.commit(List.of(projection.fold(records.subList(from, to))));
            from = to;
        }

        var position = store.load(0, "topic");
        assertThat(position.bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
        assertThat(position.parkings()).isEqualTo(whole.parked());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void cutIntoBatchesAnywhereItIsTheSameAsTheFoldOfAll(long seed) {
        var random = new Random(seed);
        var entries = RandomLog.of(random, 400);
        var whole = new PartitionFold();
        entries.forEach(whole::apply);
        var store = new InMemoryFoldStore();

        for (int from = 0; from < entries.size(); ) {
            var to = Math.min(entries.size(), from + 1 + random.nextInt(40));
            var piece = entries.subList(from, to).toArray(LogRecord[]::new);
            store.commit(List.of(at(store.load(0, "topic")).fold(StoredRecords.from(from, piece))));
            from = to;
        }

        assertThat(store.load(0, "topic").bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
        assertThat(store.load(0, "topic").epoch()).isEqualTo(whole.epoch());
    }

    /** What is folded while a transaction is on its way is one batch with what comes behind it. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void addedInPiecesItIsTheSameBatchAsFoldedAtOnce(long seed) {
        var random = new Random(seed);
        var records = StoredRecords.from(0, RandomLog.of(random, 400).toArray(LogRecord[]::new));
        var older = StoredRecords.codecWithout(BotStopped.class);
        var whole = new PartitionProjection(0, BEGINNING, older).fold(records);
        var projection = new PartitionProjection(0, BEGINNING, older);

        for (int from = 0; from < records.size(); ) {
            var to = Math.min(records.size(), from + 1 + random.nextInt(40));
            projection.add(records.subList(from, to));
            from = to;
        }

        assertThat(projection.waiting()).isEqualTo(records.size());
        assertThat(projection.take()).isEqualTo(whole);
        assertThat(projection.take().moves()).isFalse();
    }
}
