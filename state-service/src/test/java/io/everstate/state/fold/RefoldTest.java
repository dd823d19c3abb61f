package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.Owner;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An earlier version folded a log, and this one takes its bots up again: the same as if this one had folded all of it. */
class RefoldTest {
    private static final int LENGTH = 400;

    private final InMemoryFoldStore store = new InMemoryFoldStore();

    static Stream<Arguments> runs() {
        return LongStream.rangeClosed(1, 25)
                .boxed()
                .flatMap(seed -> Stream.of(BotCreated.class, BotStarted.class, BotStopped.class, TradeExecuted.class)
                        .map(unknown -> Arguments.of(seed, unknown)));
    }

    @ParameterizedTest(name = "seed {0}, without {1}")
    @MethodSource("runs")
    void takenUpAtAnyTimeItIsTheSameAsAPlainFold(long seed, Class<? extends BotEvent> unknown) {
        var random = new Random(seed);
        var records = StoredRecords.from(0, RandomLog.of(random, LENGTH).toArray(LogRecord[]::new));
        var upgrade = random.nextInt(LENGTH);

        foldTo(records, upgrade, StoredRecords.codecWithout(unknown));
        takeUp(records);
        foldTo(records, LENGTH, StoredRecords.CODEC);

        var whole = StoredRecords.fold(records, StoredRecords.CODEC);
        var position = store.load(0, "topic");
        assertThat(position.bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
        assertThat(position.parked()).isEmpty();
        assertThat(store.trades())
                .as("also those in front of a checkpoint that ended a parking, which carries them")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(trades(records));
    }

    /** A record that was a gap when it was read would fit behind what the bot is now. */
    @Test
    void ofTwoBotsEachIsFoldedFromItsOwnRecordOn() {
        var owner = new Owner(1);
        var first = Owner.newBot();
        var second = Owner.newBot();
        var records = StoredRecords.from(
                0,
                owner.claim(),
                owner.created(first),
                owner.started(first),
                owner.created(second),
                owner.started(second),
                owner.record(first, 3, new BotStopped(StopReason.COMMAND)),
                owner.trade(second, 4),
                owner.trade(second, 3),
                owner.record(second, 4, new BotStopped(StopReason.COMMAND)));

        foldTo(records, records.size(), StoredRecords.codecWithout(BotStopped.class));
        takeUp(records);

        var whole = StoredRecords.fold(records, StoredRecords.CODEC);
        assertThat(store.load(0, "topic").bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
        assertThat(store.trades()).isEqualTo(trades(records));
    }

    private void foldTo(List<ConsumerRecord<String, byte[]>> records, int to, RecordCodec codec) {
        var position = store.load(0, "topic");
        var projection = new PartitionProjection(0, position, codec);
        store.commit(List.of(projection.fold(records.subList((int) position.nextOffset(), to))));
    }

    private void takeUp(List<ConsumerRecord<String, byte[]>> records) {
        var position = store.load(0, "topic");
        if (position.parked().isEmpty()) {
            return;
        }
        var refold = new Refold(0, position, position.parked(), StoredRecords.CODEC);
        store.resume(0, place -> {
            refold.fold(records.subList((int) refold.next(), (int) place.nextOffset()));
            return Optional.of(refold.result(place));
        });
    }

    /** Of each bot, as a version has them that knew everything from the start. */
    private static List<FoldedTrade> trades(List<ConsumerRecord<String, byte[]>> records) {
        var beginning = new PartitionPosition("topic", 0, 0, List.of());
        return new PartitionProjection(0, beginning, StoredRecords.CODEC)
                .fold(records)
                .trades();
    }
}
