package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadableFoldTest {
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

    @Test
    void isReadWholeAndNeverGoesBackWhileAnotherThreadFolds() throws Exception {
        var last = 3_000L;
        try (var threads = Executors.newFixedThreadPool(2)) {
            var reading = new CountDownLatch(2);
            var readers = Stream.generate(() -> threads.submit(() -> readUpTo(last, reading)))
                    .limit(2)
                    .toList();
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();

            for (var sequence = 3L; sequence <= last; sequence++) {
                fold.apply(owner.trade(bot, sequence));
                readable.reaches(fold, sequence + 1);
            }

            for (var reader : readers) {
                assertThat(reader.get(20, TimeUnit.SECONDS)).isGreaterThan(1);
            }
        }
    }

    /** Returns how many different states were read on the way. */
    private int readUpTo(long last, CountDownLatch reading) {
        var before = 0L;
        var states = 0;
        while (before < last) {
            var state = readable.find(bot, 0, 0).orElseThrow().state();
            assertThat(state.sequence()).isGreaterThanOrEqualTo(before);
            assertThat(state.portfolio().trades()).isEqualTo(state.sequence() - 2);
            if (state.sequence() > before) {
                states++;
            }
            before = state.sequence();
            reading.countDown();
        }
        return states;
    }
}
