package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.state.Owner;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** How a {@link FoldStore} keeps what was found in the log, and goes over to another log. */
interface FindingStoreContract extends StoreContract {
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
        assertThat(store.load(0, TOPIC_ID).gaps()).containsOnlyKeys(bot);
        assertThat(store.load(1, TOPIC_ID).gaps()).isEmpty();

        var later = fold(store, StoredRecords.from(3, OWNER.started(bot), OWNER.trade(bot, 9)));
        assertThat(store.commit(List.of(later))).as("the same gap").isEmpty();
        assertThat(store.load(0, TOPIC_ID).gaps()).containsOnlyKeys(bot);
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

        assertThat(store.load(0, TOPIC_ID).gaps()).containsOnlyKeys(bot);
    }

    /** Known up to trade 4; the log that has grown again has a stop in its place, and whoever reads it goes on behind that. */
    @Test
    default void goesOnFromTheEventsThatReplacedWhatWasKnown() {
        var store = store();
        var bot = Owner.newBot();
        var records = StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 4));
        store.commit(List.of(fold(store, records)));
        var stop = OWNER.record(bot, 4, new BotStopped(StopReason.COMMAND));
        var grown = new ArrayList<>(records.subList(0, 4));
        grown.addAll(StoredRecords.from(4, stop, OWNER.claim(), OWNER.record(bot, 5, new BotStarted())));

        var anew = store.beginAnew(0, store.load(0, TOPIC_ID), TOPIC_ID, 6);
        var news = store.commit(List.of(new PartitionProjection(0, anew, StoredRecords.CODEC).fold(grown)));

        assertThat(news)
                .extracting(Finding::kind, Finding::bot, Finding::sequence)
                .contains(tuple(FindingKind.REPLACED, bot, 4L))
                .doesNotContain(tuple(FindingKind.LOST_END, bot, 4L));
        var position = store.load(0, TOPIC_ID);
        assertThat(position.parked()).isEmpty();
        assertThat(position.bots())
                .containsExactlyElementsOf(
                        StoredRecords.fold(grown, StoredRecords.CODEC).bots());
    }

    /** Its number would keep every later checkpoint from ending it, and its bot's owner would be asked for one again and again. */
    @Test
    default void aGapAtARecordThatTheLogHasLostEndsWithTheNextCheckpoint() {
        var store = store();
        var bot = Owner.newBot();
        var records = StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 9));
        store.commit(List.of(fold(store, records)));
        var known = store.load(0, TOPIC_ID).bots().getFirst();
        var anew = store.beginAnew(0, store.load(0, TOPIC_ID), TOPIC_ID, 2);
        var projection = new PartitionProjection(0, anew, StoredRecords.CODEC);
        store.commit(List.of(projection.fold(records.subList(0, 2))));
        var behindTheLoss = store.load(0, TOPIC_ID).gaps();

        var checkpoint = new CheckpointTaken("the log lost its end", known);
        store.commit(List.of(projection.fold(StoredRecords.from(2, OWNER.record(bot, 1_000_003, checkpoint)))));

        assertThat(behindTheLoss).containsEntry(bot, 4L);
        assertThat(store.load(0, TOPIC_ID).gaps()).isEmpty();
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
    private PartitionPosition lostItsEnd(FoldStore store, BotId bot) {
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

    /** Its number says nothing: an owner that does not know of the loss writes one every few minutes. */
    @Test
    default void aCheckpointThatDoesNotHoldWhatIsLostMakesNothingGood() {
        var store = store();
        var bot = Owner.newBot();
        lostItsEnd(store, bot);
        var unaware = new Owner(2);
        var goneOn = StoredRecords.fold(
                        StoredRecords.from(
                                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3)),
                        StoredRecords.CODEC)
                .bots()
                .getFirst();

        var batch = new PartitionProjection(0, store.load(0, "topic-b"), StoredRecords.CODEC)
                .fold(StoredRecords.from(
                        4, unaware.claim(), unaware.record(bot, 5, new CheckpointTaken("periodic", goneOn))));
        var news = store.commit(List.of(batch));

        assertThat(batch.findings().healed())
                .extracting(healing -> healing.kind())
                .doesNotContain(FindingKind.LOST_END);
        assertThat(news).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.REPLACED);
            assertThat(finding.text()).contains("checkpoint 5", "up to event 4");
        });
        assertThat(store.load(0, "topic-b").parked())
                .as("followed, as by all others")
                .isEmpty();
    }

    /** Its owner has an older file of it than what is known here, and has used that before this was folded again. */
    @Test
    default void whatACheckpointOfALogThatIsAnotherLeavesOutIsSaidWithItsNumbers() {
        var store = store();
        var bot = Owner.newBot();
        var records = StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 4));
        store.commit(List.of(fold(store, records)));
        var next = new Owner(2);
        var older = StoredRecords.fold(records.subList(0, 4), StoredRecords.CODEC)
                .bots()
                .getFirst();
        var healed = new ArrayList<>(records.subList(0, 4));
        healed.addAll(StoredRecords.from(
                4, next.claim(), next.record(bot, 1_000_003, new CheckpointTaken("the log lost its end", older))));

        var anew = store.beginAnew(0, store.load(0, TOPIC_ID), "topic-b", healed.size());
        var news = store.commit(List.of(new PartitionProjection(0, anew, StoredRecords.CODEC).fold(healed)));

        assertThat(news)
                .extracting(Finding::kind, Finding::sequence)
                .containsExactlyInAnyOrder(tuple(FindingKind.REPLACED, 1_000_003L), tuple(FindingKind.LOG_ANEW, 0L));
        assertThat(news)
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("checkpoint 1000003 behind event 3") && text.contains("up to 4"))
                .anyMatch(text -> text.endsWith("and checkpoints leave out 1 more"));
        assertThat(store.load(0, "topic-b").bots())
                .containsExactlyElementsOf(
                        StoredRecords.fold(healed, StoredRecords.CODEC).bots());
    }

    /** What was known here is in it, and more. */
    @Test
    default void aCheckpointFromANewerFileMakesALossGood() {
        var store = store();
        var bot = Owner.newBot();
        lostItsEnd(store, bot);
        var next = new Owner(2);
        var newer = StoredRecords.fold(
                        StoredRecords.from(
                                0,
                                OWNER.claim(),
                                OWNER.created(bot),
                                OWNER.started(bot),
                                OWNER.trade(bot, 3),
                                OWNER.trade(bot, 4),
                                OWNER.trade(bot, 5)),
                        StoredRecords.CODEC)
                .bots()
                .getFirst();

        var batch = new PartitionProjection(0, store.load(0, "topic-b"), StoredRecords.CODEC)
                .fold(StoredRecords.from(
                        4, next.claim(), next.record(bot, 1_000_005, new CheckpointTaken("healed", newer))));

        assertThat(batch.findings().healed())
                .extracting(healing -> healing.kind())
                .contains(FindingKind.LOST_END);
        assertThat(store.commit(List.of(batch))).isEmpty();
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
