package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.log.RecordMark;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link FoldStore} does. */
interface FoldStoreContract extends ParkedStoreContract, FindingStoreContract {
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

        assertThat(store.load(0, TOPIC_ID))
                .isEqualTo(new PartitionPosition(TOPIC_ID, 4, 1, batch.bots()).behind(batch.last()));
    }

    @Test
    default void knowsTheRecordThatWasFoldedLastUntilALogIsFoldedAnew() {
        var store = store();
        var entries = StoredRecords.from(0, OWNER.claim(), OWNER.created(Owner.newBot()), OWNER.claim());
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(projection.fold(entries.subList(0, 2)), batch(store, 1, OWNER.claim())));
        var behindTwo = store.load(0, TOPIC_ID).last();
        store.commit(List.of(projection.fold(entries.subList(2, 3))));
        var behindThree = store.load(0, TOPIC_ID);

        var anew = store.beginAnew(0, behindThree, TOPIC_ID, 1);

        assertThat(behindTwo).isEqualTo(RecordMark.of(entries.get(1)));
        assertThat(behindThree.last()).isEqualTo(RecordMark.of(entries.get(2)));
        assertThat(anew.last()).isNull();
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
        assertThat(store.load(0, TOPIC_ID))
                .isEqualTo(new PartitionPosition(TOPIC_ID, 4, 1, List.of()).behind(elsewhere.last()));
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
}
