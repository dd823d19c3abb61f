package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadableFoldTest {
    private static final PartitionPosition BEGINNING = new PartitionPosition("topic", 0, 0, List.of());
    private static final int ROUNDS = 1_000;
    /** Behind the claim, creation and start: the first round's first offset, and the bot's first number in it. */
    private static final long FIRST = 3;
    /** Of the bot's events in a round. */
    private static final long NUMBERS = 3;

    private static final int OTHERS = 10;
    private static final long RECORDS = OTHERS + 3;

    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final PartitionFold fold = new PartitionFold();
    private final ReadableFold readable = new ReadableFold(0, 0);

    @BeforeEach
    void aBotIsAtItsSecondEvent() {
        fold.apply(owner.claim());
        fold.apply(owner.created(bot));
        fold.apply(owner.started(bot));
        readable.reaches(fold, 3);
    }

    private void parkedAt(long sequence) {
        readable.parked().put(bot, new ParkedBot(bot, new Parking("type", "why", 1, sequence), 1, Instant.EPOCH));
    }

    @Test
    void whoHasAStateInFrontOfTheRecordThatParkedItIsParked() {
        parkedAt(3);

        assertThat(readable.find(bot, 3, 0))
                .hasValueSatisfying(found -> assertThat(found.parked()).isNotNull());
    }

    /** A reader may come between the checkpoint that ends the parking and the end of its list. */
    @Test
    void whoHasAStateBehindItIsFollowedAgain() {
        parkedAt(1);

        assertThat(readable.find(bot, 3, 0))
                .hasValueSatisfying(found -> assertThat(found.parked()).isNull());
    }

    /** Other bots come all the time, and again and again a record that is not understood parks this one until its next checkpoint. */
    @Test
    void isReadWholeAndNeverGoesBackWhileAnotherThreadFolds() throws Exception {
        var projection = new PartitionProjection(0, BEGINNING, StoredRecords.CODEC);
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
        var read = projection.readable();
        var places = 0;
        try (var threads = Executors.newSingleThreadExecutor()) {
            var folding = threads.submit(() -> IntStream.range(0, ROUNDS).forEach(round -> fold(projection, round)));

            var before = 0L;
            while (!folding.isDone()) {
                var atLeast = 2 + (read.offset() - FIRST) / RECORDS * NUMBERS;
                var found = read.find(bot, 0, 0).orElseThrow();
                var place = place(found);
                // looked at without assertions, for what must not be seen lasts shorter than they take
                if (place != before || place < 2 * atLeast) {
                    var state = found.state();
                    assertThat(place).isGreaterThan(before).isGreaterThanOrEqualTo(2 * atLeast);
                    assertThat(state.portfolio().trades()).isEqualTo(state.sequence() / NUMBERS);
                    before = place;
                    places++;
                }
            }

            assertThat(folding.get()).isNull();
        }
        assertThat(places).as("places in between").isGreaterThan(10);
        assertThat(read.sequence(bot)).isEqualTo(2 + ROUNDS * NUMBERS);
    }

    /** A bot that is parked is behind what it was when it was followed. */
    private static long place(FoldedBot bot) {
        return 2 * bot.state().sequence() + (bot.parked() == null ? 0 : 1);
    }

    /** A trade, others that come, what is not understood, and the checkpoint behind it. */
    private void fold(PartitionProjection projection, int round) {
        var offset = FIRST + round * RECORDS;
        var sequence = FIRST + round * NUMBERS;
        var records = new ArrayList<>(StoredRecords.from(offset, owner.trade(bot, sequence)));
        for (int other = 1; other <= OTHERS; other++) {
            records.addAll(StoredRecords.from(offset + other, owner.created(Owner.newBot())));
        }
        records.add(StoredRecords.strange(offset + OTHERS + 1, owner, bot, sequence + 1));
        projection.add(records);
        var known = projection.readable().find(bot, 0, 0).orElseThrow().state();
        var checkpoint = owner.record(bot, sequence + 2, new CheckpointTaken("test", known));
        projection.add(StoredRecords.from(offset + OTHERS + 2, checkpoint));
    }
}
