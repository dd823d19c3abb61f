package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.finding.FoundInLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a {@link FoldStore} keeps who is parked. */
interface ParkedStoreContract extends StoreContract {
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
                Map.of(),
                List.of(),
                new ParkingChanges(List.of(odd), List.of()),
                SkipCounts.NONE,
                0,
                FoundInLog.NOTHING,
                false,
                null,
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
}
