package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.Parking;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FoundInLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link FoldStore} does. */
interface FoldStoreContract {
    String TOPIC_ID = "topic-a";
    Owner OWNER = new Owner(1);

    /** An empty one. */
    FoldStore store();

    private static FoldedBatch batch(FoldStore store, int partition, LogRecord... entries) {
        var position = store.load(partition, TOPIC_ID);
        var projection = new PartitionProjection(partition, position, StoredRecords.CODEC);
        return projection.fold(StoredRecords.from(position.nextOffset(), entries));
    }

    @Test
    default void beginsAtTheStartOfTheLog() {
        var position = store().load(4, TOPIC_ID);

        assertThat(position).isEqualTo(new PartitionPosition(TOPIC_ID, 0, 0, List.of()));
    }

    @Test
    default void findsOnlyWhatWasTakenUp() {
        var store = store();
        var loaded = store.load(1, TOPIC_ID);

        assertThat(store.find(1)).contains(loaded);
        assertThat(store.find(2)).isEmpty();
    }

    @Test
    default void givesBackWhatWasCommitted() {
        var store = store();
        var bot = Owner.newBot();
        var batch = batch(store, 0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));

        store.commit(List.of(batch));

        assertThat(store.load(0, TOPIC_ID)).isEqualTo(new PartitionPosition(TOPIC_ID, 4, 1, batch.bots()));
    }

    @Test
    default void replacesABotByItsNewerState() {
        var store = store();
        var bot = Owner.newBot();
        store.commit(List.of(batch(store, 0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot))));
        var newer = batch(store, 0, OWNER.trade(bot, 3));

        store.commit(List.of(newer));

        assertThat(store.load(0, TOPIC_ID).bots()).isEqualTo(newer.bots());
    }

    @Test
    default void keepsPartitionsApart() {
        var store = store();
        var first = batch(store, 0, OWNER.claim(), OWNER.created(Owner.newBot()));
        var second = batch(store, 1, OWNER.claim(), OWNER.created(Owner.newBot()));

        store.commit(List.of(first, second));

        assertThat(store.load(0, TOPIC_ID).bots()).isEqualTo(first.bots());
        assertThat(store.load(1, TOPIC_ID).bots()).isEqualTo(second.bots());
    }

    /** Only a writer that is wrong does that; it must not keep the others from being stored. */
    @Test
    default void ofABotInTwoPartitionsTheOneThatWroteItFirstKeepsIt() {
        var store = store();
        var bot = Owner.newBot();
        var first = batch(store, 1, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));
        store.commit(List.of(first));
        var elsewhere = batch(store, 0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));
        var on = batch(store, 1, OWNER.trade(bot, 4));

        store.commit(List.of(elsewhere, on));

        assertThat(store.load(1, TOPIC_ID).bots()).isEqualTo(on.bots());
        assertThat(store.load(0, TOPIC_ID)).isEqualTo(new PartitionPosition(TOPIC_ID, 4, 1, List.of()));
    }

    @Test
    default void ofABotInTwoPartitionsOfOnePollTheLowerOneKeepsIt() {
        var store = store();
        var bot = Owner.newBot();
        var upper = batch(store, 1, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));
        var lower = batch(store, 0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));

        store.commit(List.of(upper, lower));

        assertThat(store.load(0, TOPIC_ID).bots()).isEqualTo(lower.bots());
        assertThat(store.load(1, TOPIC_ID).bots()).isEmpty();
        assertThat(store.load(1, TOPIC_ID).nextOffset()).isEqualTo(4);
    }

    @Test
    @Tag("SF11")
    default void refusesABatchThatDoesNotBeginWhereThePartitionStands() {
        var store = store();
        var bot = Owner.newBot();
        var batch = batch(store, 0, OWNER.claim(), OWNER.created(bot));
        store.commit(List.of(batch));

        assertThatThrownBy(() -> store.commit(List.of(batch))).isInstanceOf(PartitionLostException.class);

        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(2);
    }

    @Test
    @Tag("SF11")
    default void keepsNothingWhenOneOfItsPartitionsWasLost() {
        var store = store();
        var lost = batch(store, 0, OWNER.claim(), OWNER.created(Owner.newBot()));
        store.commit(List.of(lost));
        var good = batch(store, 1, OWNER.claim(), OWNER.created(Owner.newBot()));

        assertThatThrownBy(() -> store.commit(List.of(good, lost))).isInstanceOf(PartitionLostException.class);

        assertThat(store.load(1, TOPIC_ID)).isEqualTo(new PartitionPosition(TOPIC_ID, 0, 0, List.of()));
    }

    @Test
    default void remembersTheTopicThatItWasFoldedFrom() {
        var store = store();
        store.load(0, TOPIC_ID);

        assertThat(store.load(0, "topic-b").topicId()).isEqualTo(TOPIC_ID);
    }

    private static FoldedBatch fold(FoldStore store, List<ConsumerRecord<String, byte[]>> records) {
        return new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC).fold(records);
    }

    @Test
    default void keepsWhoIsParkedWithTheStates() {
        var store = store();
        var bot = Owner.newBot();
        var unknown = Owner.newBot();
        var records = new ArrayList<>(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));
        records.add(StoredRecords.strange(2, OWNER, bot, 2));
        records.add(StoredRecords.strange(3, OWNER, unknown, 1));
        records.addAll(StoredRecords.from(4, OWNER.trade(bot, 3)));

        store.commit(List.of(fold(store, records)));

        var position = store.load(0, TOPIC_ID);
        assertThat(position.nextOffset()).isEqualTo(5);
        assertThat(position.bots()).extracting(BotState::sequence).containsExactly(1L);
        assertThat(position.parked())
                .containsExactlyInAnyOrder(parked(bot, 2, 3), parked(unknown, 3, 1))
                .isEqualTo(store.find(0).orElseThrow().parked());
    }

    private static ParkedBot parked(BotId bot, long offset, long sequence) {
        return new ParkedBot(
                bot,
                new Parking(TestLog.STRANGE_TYPE, "the record has no ce_specversion", offset, sequence),
                OWNER.epoch(),
                StoredRecords.WRITTEN.plusSeconds(offset));
    }

    @Test
    default void addsToAParkingWhatIsPassedOverLater() {
        var store = store();
        var bot = Owner.newBot();
        var records = new ArrayList<>(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));
        records.add(StoredRecords.strange(2, OWNER, bot, 2));
        store.commit(List.of(fold(store, records)));

        store.commit(List.of(fold(store, StoredRecords.from(3, OWNER.trade(bot, 3), OWNER.trade(bot, 4)))));

        assertThat(store.load(0, TOPIC_ID).parked()).containsExactly(parked(bot, 2, 4));
    }

    @Test
    default void forgetsAParkingWithTheCheckpointThatEndsIt() {
        var store = store();
        var bot = Owner.newBot();
        var records = new ArrayList<>(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));
        records.add(StoredRecords.strange(2, OWNER, bot, 2));
        store.commit(List.of(fold(store, records)));
        var known = store.load(0, TOPIC_ID).bots().getFirst();

        store.commit(List.of(fold(
                store, StoredRecords.from(3, OWNER.record(bot, 9, new CheckpointTaken("restored", known))))));

        assertThat(store.load(0, TOPIC_ID).parked()).isEmpty();
        assertThat(store.load(0, TOPIC_ID).bots())
                .extracting(BotState::sequence)
                .containsExactly(9L);
    }

    @Test
    default void parksNobodyWhenThePartitionWasLost() {
        var store = store();
        var bot = Owner.newBot();
        var before = fold(store, StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));
        var records = new ArrayList<>(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));
        records.add(StoredRecords.strange(2, OWNER, bot, 2));
        var late = fold(store, records);
        store.commit(List.of(before));

        assertThatThrownBy(() -> store.commit(List.of(late))).isInstanceOf(PartitionLostException.class);

        assertThat(store.load(0, TOPIC_ID).parked()).isEmpty();
    }

    /** What stands in a header is anybody's text. */
    @Test
    default void keepsAParkingWhoseTypeHasCharactersThatADatabaseHasNoPlaceFor() {
        var store = store();
        var bot = Owner.newBot();
        var type = "io.everstate.bot." + "\0" + "a".repeat(282) + "\uD83D\uDE80";
        var odd = new ParkedBot(bot, new Parking(type.substring(0, 300), "why\0", 0, 1), 1, Instant.EPOCH);

        store.commit(List.of(new FoldedBatch(
                0,
                store.load(0, TOPIC_ID).nextOffset(),
                0,
                1,
                1,
                List.of(),
                List.of(),
                new ParkingChanges(List.of(odd), List.of()),
                SkipCounts.NONE,
                0,
                FoundInLog.NOTHING,
                false,
                null)));

        assertThat(store.load(0, TOPIC_ID).parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.parking().type()).startsWith("io.everstate.bot."));
    }

    /** As an earlier version left it: bot 1 known up to its event 2, parked at offset 3, its trades 3 and 4 not there. */
    static FoldedBatch leftByAnEarlierVersion(FoldStore store, BotId bot, BotId other) {
        var records = StoredRecords.from(
                0,
                OWNER.claim(),
                OWNER.created(bot),
                OWNER.started(bot),
                OWNER.trade(bot, 3),
                OWNER.created(other),
                OWNER.trade(bot, 4));
        var earlier = StoredRecords.codecWithout(TradeExecuted.class);
        var left = new PartitionProjection(0, store.load(0, TOPIC_ID), earlier).fold(records);
        store.commit(List.of(left));
        var position = store.load(0, TOPIC_ID);
        var refold = new Refold(0, position, position.parked(), StoredRecords.CODEC);
        refold.fold(records.subList(3, 6));
        return refold.result(new ParkedPlace(position.nextOffset(), position.revision(), position.parked()));
    }

    @Test
    default void takesAParkedBotUpAgain() {
        var store = store();
        var bot = Owner.newBot();
        var other = Owner.newBot();
        var refolded = leftByAnEarlierVersion(store, bot, other);

        var kept = store.resume(0, place -> {
            assertThat(place.nextOffset()).isEqualTo(6);
            assertThat(place.parked()).extracting(ParkedBot::bot).containsExactly(bot);
            return Optional.of(refolded);
        });

        assertThat(kept).isTrue();
        var position = store.load(0, TOPIC_ID);
        assertThat(position.parked()).isEmpty();
        assertThat(position.nextOffset()).isEqualTo(6);
        assertThat(position.revision()).isEqualTo(store.revision(0)).isOne();
        assertThat(position.bots())
                .extracting(BotState::id, BotState::sequence)
                .containsExactlyInAnyOrder(tuple(bot, 4L), tuple(other, 1L));
    }

    @Test
    default void changesNothingWhenNothingCanBeTakenUp() {
        var store = store();
        leftByAnEarlierVersion(store, Owner.newBot(), Owner.newBot());
        var before = store.load(0, TOPIC_ID);

        assertThat(store.resume(0, _ -> Optional.empty())).isFalse();
        assertThat(store.resume(7, _ -> Optional.empty())).isFalse();

        assertThat(store.load(0, TOPIC_ID)).isEqualTo(before);
    }

    /** Who folds in memory has the bot parked still. */
    @Test
    default void whoFoldedBesideATakingUpCannotGoOn() {
        var store = store();
        var bot = Owner.newBot();
        var refolded = leftByAnEarlierVersion(store, bot, Owner.newBot());
        var folding = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.resume(0, _ -> Optional.of(refolded));

        var stale = folding.fold(StoredRecords.from(6, OWNER.trade(bot, 5)));

        assertThatThrownBy(() -> store.commit(List.of(stale))).isInstanceOf(PartitionLostException.class);
        store.commit(List.of(fold(store, StoredRecords.from(6, OWNER.trade(bot, 5)))));
        assertThat(store.load(0, TOPIC_ID).bots())
                .extracting(BotState::sequence)
                .contains(5L);
    }

    private static List<ConsumerRecord<String, byte[]>> troubles(BotId bot) {
        var records = new ArrayList<>(StoredRecords.from(
                0,
                OWNER.claim(),
                OWNER.created(bot),
                OWNER.trade(bot, 2), // refused: it does not run
                OWNER.trade(bot, 9), // gap
                OWNER.trade(bot, 10), // the same gap
                new Owner(7).trade(bot, 2))); // fenced
        records.add(StoredRecords.strange(6, OWNER, bot, 11));
        return records;
    }

    @Test
    default void tellsWhatWasFoundOnceHoweverOftenTheLogIsRead() {
        var store = store();
        var bot = Owner.newBot();
        var batch = fold(store, troubles(bot));

        var news = store.commit(List.of(batch));

        assertThat(news)
                .extracting(Finding::kind, Finding::bot, Finding::sequence, Finding::news)
                .containsExactlyInAnyOrder(
                        tuple(FindingKind.REFUSED, bot, 2L, true),
                        tuple(FindingKind.GAP, bot, 9L, true),
                        tuple(FindingKind.FENCED, bot, 2L, true),
                        tuple(FindingKind.PARKED, bot, 11L, true));
        assertThat(store.keep(batch.findings().found())).isEmpty();
    }

    @Test
    default void findsNothingWhereThePartitionWasLost() {
        var store = store();
        var bot = Owner.newBot();
        var late = fold(store, troubles(bot));
        store.commit(List.of(fold(store, StoredRecords.from(0, OWNER.claim()))));

        assertThatThrownBy(() -> store.commit(List.of(late))).isInstanceOf(PartitionLostException.class);

        assertThat(store.keep(late.findings().found())).as("all of it is news").hasSize(4);
    }

    @Test
    default void aGapIsOpenUntilACheckpointOfItsBot() {
        var store = store();
        var bot = Owner.newBot();
        store.commit(
                List.of(fold(store, StoredRecords.from(0, OWNER.claim(), OWNER.created(bot), OWNER.trade(bot, 9)))));
        assertThat(store.load(0, TOPIC_ID).gaps()).containsExactly(bot);
        assertThat(store.load(1, TOPIC_ID).gaps()).isEmpty();

        var later = fold(store, StoredRecords.from(3, OWNER.started(bot), OWNER.trade(bot, 9)));
        assertThat(store.commit(List.of(later))).as("the same gap").isEmpty();
        assertThat(store.load(0, TOPIC_ID).gaps()).containsExactly(bot);
        var known = store.load(0, TOPIC_ID).bots().getFirst();
        store.commit(List.of(fold(
                store, StoredRecords.from(5, OWNER.record(bot, 12, new CheckpointTaken("saved", known))))));
        assertThat(store.load(0, TOPIC_ID).gaps()).isEmpty();

        var another = fold(store, StoredRecords.from(6, OWNER.trade(bot, 20)));
        assertThat(store.commit(List.of(another))).extracting(Finding::kind).containsExactly(FindingKind.GAP);
    }

    @Test
    default void aGapBehindTheCheckpointIsAnother() {
        var store = store();
        var bot = Owner.newBot();
        store.commit(
                List.of(fold(store, StoredRecords.from(0, OWNER.claim(), OWNER.created(bot), OWNER.trade(bot, 9)))));
        var known = store.load(0, TOPIC_ID).bots().getFirst();

        store.commit(List.of(fold(
                store,
                StoredRecords.from(
                        3, OWNER.record(bot, 12, new CheckpointTaken("saved", known)), OWNER.trade(bot, 20)))));

        assertThat(store.load(0, TOPIC_ID).gaps()).containsExactly(bot);
    }

    /** A rebuild says nothing of what was there before it. */
    @Test
    default void whatIsOlderThanTheDatabaseIsNoNews() {
        var store = store();
        var bot = Owner.newBot();
        var begun = store.load(0, TOPIC_ID, 5);
        assertThat(store.load(0, TOPIC_ID, 100)).as("begun once").isEqualTo(begun);

        var news = store.commit(List.of(fold(store, troubles(bot))));

        assertThat(news)
                .extracting(Finding::kind, Finding::news)
                .containsExactlyInAnyOrder(
                        tuple(FindingKind.REFUSED, false),
                        tuple(FindingKind.GAP, false),
                        tuple(FindingKind.FENCED, true),
                        tuple(FindingKind.PARKED, true));
    }

    /** Known up to event 4, and the log that is there now ends at event 3. */
    private static PartitionPosition lostItsEnd(FoldStore store, BotId bot) {
        var records = StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 4));
        store.commit(List.of(fold(store, records)));
        var anew = store.beginAnew(0, store.load(0, TOPIC_ID), "topic-b", 4);
        var projection = new PartitionProjection(0, anew, StoredRecords.CODEC);
        store.commit(List.of(projection.fold(records.subList(0, 4))));
        return store.load(0, "topic-b");
    }

    @Test
    default void keepsWhatIsKnownWhereTheLogHasLostItsEnd() {
        var store = store();
        var bot = Owner.newBot();

        var position = lostItsEnd(store, bot);

        assertThat(position.topicId()).isEqualTo("topic-b");
        assertThat(position.nextOffset()).isEqualTo(4);
        assertThat(position.epoch()).isEqualTo(1);
        assertThat(position.anew()).isNull();
        assertThat(position.bots()).extracting(BotState::sequence).containsExactly(4L);
        assertThat(position.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.isLost()).isTrue();
            assertThat(parked.parking().sequence()).isEqualTo(4);
        });
    }

    @Test
    default void aCheckpointAboveAllThatWasKnownEndsALoss() {
        var store = store();
        var bot = Owner.newBot();
        var known = lostItsEnd(store, bot).bots().getFirst();

        var batch = new PartitionProjection(0, store.load(0, "topic-b"), StoredRecords.CODEC)
                .fold(StoredRecords.from(
                        4,
                        new Owner(2).claim(),
                        new Owner(2).trade(bot, 4),
                        new Owner(2).record(bot, 1_000_004, new CheckpointTaken("the log lost its end", known)),
                        new Owner(2).trade(bot, 1_000_005)));
        store.commit(List.of(batch));

        var position = store.load(0, "topic-b");
        assertThat(position.parked()).isEmpty();
        assertThat(position.bots()).extracting(BotState::sequence).containsExactly(1_000_005L);
    }

    @Test
    default void beginsAnewOnlyWhereThePartitionStands() {
        var store = store();
        var before = store.load(0, TOPIC_ID);
        store.commit(List.of(fold(store, StoredRecords.from(0, OWNER.claim()))));

        assertThatThrownBy(() -> store.beginAnew(0, before, "topic-b", 0)).isInstanceOf(PartitionLostException.class);

        assertThat(store.load(0, TOPIC_ID).topicId()).isEqualTo(TOPIC_ID);
    }

    @Test
    default void whoFoldedTheLogBeforeCannotGoOn() {
        var store = store();
        var stale = fold(store, StoredRecords.from(0, OWNER.claim()));
        store.beginAnew(0, store.load(0, TOPIC_ID), "topic-b", 0);

        assertThatThrownBy(() -> store.commit(List.of(stale))).isInstanceOf(PartitionLostException.class);
    }
}
