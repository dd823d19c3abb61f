package io.everstate.bot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HintsTest {
    private static final BotCredential ONE = sender(1);
    private static final BotCredential TWO = sender(2);
    private static final BotCredential THREE = sender(3);

    private final CountDownLatch slow = new CountDownLatch(1);
    private final Hints hints = hints(Map.of("everstate.ingest.most", "2"));

    @AfterEach
    void stop() {
        slow.countDown();
        hints.stop();
    }

    @Test
    void sayWhenTheyCount() {
        var patient = hints(Map.of("everstate.ingest.answer-within", "30S"));

        assertThat(patient.send(ONE, true, _ -> {})).isTrue();
    }

    @Test
    void letTheirSenderGoWhileTheLogIsSlowAndGoOnByThemselves() {
        var counted = new CountDownLatch(1);

        var counts = hints.send(ONE, true, _ -> {
            waitFor(slow);
            counted.countDown();
        });

        assertThat(counts).isFalse();
        assertThat(counted.getCount()).isOne();
        slow.countDown();
        await().until(() -> counted.getCount() == 0);
    }

    @Test
    void tryAgainUnderTheSameKeyWhileThatCanHelp() {
        var keys = new ConcurrentLinkedQueue<String>();

        hints.send(ONE, true, key -> {
            keys.add(key);
            if (keys.size() < 3) {
                throw new ProblemException(ProblemType.OUTCOME_UNKNOWN, "the owner changes");
            }
        });

        await().until(() -> keys.size() == 3);
        assertThat(List.copyOf(keys)).containsOnly(keys.peek());
    }

    @Test
    void areDroppedWhenTheirTimeIsOver() {
        var impatient = hints(Map.of("everstate.ingest.patience", "200MS", "everstate.ingest.answer-within", "30S"));

        assertThatThrownBy(() -> impatient.send(ONE, true, _ -> {
                    throw new ProblemException(ProblemType.UNAVAILABLE, "no broker");
                }))
                .hasMessage("no broker");
    }

    @Test
    void areNotTriedAgainWhenThatCannotHelp() {
        var patient = hints(Map.of("everstate.ingest.answer-within", "30S"));
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> patient.send(ONE, true, _ -> {
                    attempts.incrementAndGet();
                    throw new AuthenticationFailedException("no");
                }))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void areBoundedInNumberAndFreeTheirPlace() {
        hints.send(ONE, true, _ -> waitFor(slow));
        hints.send(TWO, true, _ -> waitFor(slow));

        assertThatThrownBy(() -> hints.send(ONE, true, _ -> {}))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE));
        slow.countDown();
        await().untilAsserted(() -> assertThat(hints.send(ONE, true, _ -> {})).isTrue());
    }

    /** Whoever reaches the port can name bots and make tokens up, and no owner is there to refuse them. */
    @Test
    void ofUnknownSendersNeverTakeTheRoomOfThoseThatAreKnown() {
        for (var i = 10; i < 100; i++) {
            hints.send(sender(i), false, _ -> waitFor(slow));
        }

        var counted = new CountDownLatch(1);
        hints.send(ONE, true, _ -> counted.countDown());
        await().until(() -> counted.getCount() == 0);
        hints.send(ONE, true, _ -> waitFor(slow));
        hints.send(TWO, true, _ -> waitFor(slow));

        assertThatThrownBy(() -> hints.send(THREE, true, _ -> {})).isInstanceOf(ProblemException.class);
    }

    @Test
    void ofUnknownSendersAreServedThoughOthersFillTheirRoom() {
        var few = hints(Map.of("everstate.ingest.most-unknown", "2", "everstate.ingest.answer-within", "10MS"));
        var ended = new ConcurrentLinkedQueue<Integer>();
        for (var i = 10; i < 13; i++) {
            var number = i;
            few.send(sender(i), false, _ -> {
                try {
                    waitFor(slow);
                } finally {
                    ended.add(number);
                }
            });
        }

        await().untilAsserted(() -> assertThat(ended).containsExactly(10));
        var counted = new CountDownLatch(1);
        few.send(ONE, false, _ -> counted.countDown());
        await().until(() -> counted.getCount() == 0);
        await().untilAsserted(() -> assertThat(ended).containsExactly(10, 11));
    }

    /** A name is all that it takes to pretend to be a bot. */
    @Test
    void thatNameOneBotDisplaceOnlyEachOther() {
        var few = hints(Map.of("everstate.ingest.most-unknown-of-one", "2", "everstate.ingest.answer-within", "10MS"));
        var ended = new ConcurrentLinkedQueue<String>();
        few.send(ONE, false, _ -> waitAndTell(ended, "other"));
        for (var i = 0; i < 5; i++) {
            var name = "same " + i;
            few.send(TWO, false, _ -> waitAndTell(ended, name));
        }

        await().untilAsserted(() -> assertThat(ended).containsExactlyInAnyOrder("same 0", "same 1", "same 2"));
    }

    @Test
    void ofOneKnownSenderLeaveRoomForTheOthers() {
        var fair = hints(Map.of(
                "everstate.ingest.most", "3",
                "everstate.ingest.most-of-one", "2",
                "everstate.ingest.answer-within", "10MS"));
        fair.send(ONE, true, _ -> waitFor(slow));
        fair.send(ONE, true, _ -> waitFor(slow));

        assertThatThrownBy(() -> fair.send(ONE, true, _ -> {})).isInstanceOf(ProblemException.class);
        assertThat(fair.send(TWO, true, _ -> waitFor(slow))).isFalse();
    }

    @Test
    void makeTheirSenderKnownOnceAnOwnerAcceptedOneAndUnknownWhenItRefuses() {
        var few = hints(Map.of(
                "everstate.ingest.most", "1",
                "everstate.ingest.most-unknown", "1",
                "everstate.ingest.answer-within", "2S"));
        few.send(ONE, false, _ -> {});
        var refused = new CountDownLatch(1);

        assertThat(isKnown(few, ONE)).isTrue();
        assertThat(isKnown(few, new BotCredential(ONE.bot(), "another"))).isFalse();
        assertThatThrownBy(() -> few.send(ONE, false, _ -> {
                    refused.countDown();
                    throw new AuthenticationFailedException("replaced");
                }))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThat(refused.getCount()).isZero();
        assertThat(isKnown(few, ONE)).isFalse();
    }

    /** Where there is room for one known sender, a second hint of it is refused; of an unknown one nothing is. */
    private boolean isKnown(Hints few, BotCredential sender) {
        var done = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> few.send(TWO, true, _ -> {
                inside.countDown();
                waitFor(done);
            }));
            waitFor(inside);
            try {
                few.send(sender, false, _ -> {
                    throw new ProblemException(ProblemType.CONFLICT, "only asked");
                });
                return false;
            } catch (ProblemException e) {
                return e.type() == ProblemType.UNAVAILABLE;
            } finally {
                done.countDown();
                await().until(first::isDone);
            }
        }
    }

    @Test
    void endTheirPauseWhenTheServiceStops() {
        var impatient = hints(Map.of("everstate.ingest.answer-within", "30S"));
        var tried = new CountDownLatch(6);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = threads.submit(() -> impatient.send(ONE, true, _ -> {
                tried.countDown();
                throw new ProblemException(ProblemType.UNAVAILABLE, "no owner");
            }));
            waitFor(tried);

            impatient.stop();

            assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS)).hasRootCauseInstanceOf(InterruptedException.class);
        }
    }

    private void waitAndTell(Queue<String> ended, String name) {
        try {
            waitFor(slow);
        } finally {
            ended.add(name);
        }
    }

    private static BotCredential sender(int number) {
        return new BotCredential(SampleBots.id(number), "hash of " + number);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Hints hints(Map<String, String> settings) {
        return new Hints(SampleConfiguration.of(IngestConfiguration.class, settings), Clock.systemUTC());
    }
}
