package io.everstate.bot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HintsTest {
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

        assertThat(patient.send("a", _ -> {})).isTrue();
    }

    @Test
    void letTheirSenderGoWhileTheLogIsSlowAndGoOnByThemselves() {
        var counted = new CountDownLatch(1);

        var counts = hints.send("a", _ -> {
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

        hints.send("a", key -> {
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

        assertThatThrownBy(() -> impatient.send("a", _ -> {
                    throw new ProblemException(ProblemType.UNAVAILABLE, "no broker");
                }))
                .hasMessage("no broker");
    }

    @Test
    void areNotTriedAgainWhenThatCannotHelp() {
        var patient = hints(Map.of("everstate.ingest.answer-within", "30S"));
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> patient.send("a", _ -> {
                    attempts.incrementAndGet();
                    throw new AuthenticationFailedException("no");
                }))
                .isInstanceOf(AuthenticationFailedException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void areBoundedInNumberAndFreeTheirPlace() {
        hints.send("a", _ -> waitFor(slow));
        hints.send("b", _ -> waitFor(slow));

        assertThatThrownBy(() -> hints.send("c", _ -> {}))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE));
        slow.countDown();
        await().untilAsserted(() -> assertThat(hints.send("d", _ -> {})).isTrue());
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
