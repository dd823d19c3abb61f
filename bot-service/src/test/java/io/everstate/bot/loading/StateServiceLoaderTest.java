package io.everstate.bot.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.PartitionLoader.Start;
import io.everstate.bot.platform.SampleToken;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.view.PartitionView;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StateServiceLoaderTest {
    private static final String TOPIC = "topic-1";

    @TempDir
    Path directory;

    private final SteppingClock clock = new SteppingClock();
    private final List<Integer> asked = new ArrayList<>();
    private Path token;

    @BeforeEach
    void writeToken() throws IOException {
        token = Files.writeString(directory.resolve("token"), "secret\n");
    }

    @Test
    void beginsWhereStateServiceHasFoldedTo() {
        var bot = SampleBots.created(SampleBots.id(1));
        var loader = loader((partition, authorization) -> {
            assertThat(authorization).isEqualTo("Bearer secret");
            return new PartitionView(partition, TOPIC, 42, 7, List.of(bot));
        });

        var start = loader.load(3, TOPIC);

        assertThat(start.nextOffset()).isEqualTo(42);
        assertThat(start.fold().epoch()).isEqualTo(7);
        assertThat(start.fold().bots()).containsExactly(bot);
    }

    /** The topic was made anew, and the same offsets mean other records now. */
    @Test
    void whatWasFoldedFromAnotherTopicIsNotUsed() {
        var loader = loader((partition, _) ->
                new PartitionView(partition, "topic-0", 42, 7, List.of(SampleBots.created(SampleBots.id(1)))));

        assertThatItBeginsAtTheLogsStart(loader.load(3, TOPIC));
    }

    @Test
    void aPartitionThatIsNotThereKeepsNoOtherFromBeingAskedFor() {
        var loader = loader((partition, _) -> {
            if (partition == 3) {
                throw new NotFoundException();
            }
            return new PartitionView(partition, TOPIC, 42, 7, List.of());
        });

        assertThatItBeginsAtTheLogsStart(loader.load(3, TOPIC));
        assertThat(loader.load(4, TOPIC).nextOffset()).isEqualTo(42);
    }

    /** State-service has a bot of it parked, whose record may be understood here. */
    @Test
    void aPartitionThatIsRefusedIsReadFromTheLogAndKeepsNoOtherFromBeingAskedFor() {
        var loader = loader((partition, _) -> {
            if (partition == 3) {
                throw new ClientErrorException(Response.Status.CONFLICT);
            }
            return new PartitionView(partition, TOPIC, 42, 7, List.of());
        });

        assertThatItBeginsAtTheLogsStart(loader.load(3, TOPIC));
        assertThat(loader.load(4, TOPIC).nextOffset()).isEqualTo(42);
    }

    @Test
    void itsSilenceIsWaitedForOnce() {
        var loader = loader((_, _) -> {
            throw new ProcessingException("timed out");
        });
        for (var partition = 0; partition < 12; partition++) {
            assertThatItBeginsAtTheLogsStart(loader.load(partition, TOPIC));
        }

        assertThat(asked).containsExactly(0);
        clock.advance(StateServiceLoader.SILENCE_COUNTS);
        loader.load(5, TOPIC);
        assertThat(asked).containsExactly(0, 5);
    }

    /** As one that sends the head of its answer and then nothing. */
    @Test
    @Timeout(20)
    void anAnswerThatNeverEndsIsGivenUp() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        StateServiceClient stalled = (_, _) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new ProcessingException("interrupted");
        };
        var loader = new StateServiceLoader(stalled, SampleToken.in(token), clock, Duration.ofMillis(100));

        assertThatItBeginsAtTheLogsStart(loader.load(3, TOPIC));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Before, one partition that moved on made all others begin at the log's start, unasked, for ten seconds. */
    @Test
    @Timeout(20)
    void aLoadThatIsCancelledSaysNothingAboutStateService() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var failure = new AtomicReference<RuntimeException>();
        var loader = loader((partition, _) -> {
            if (partition == 3) {
                reached.countDown();
                LockSupport.park();
                throw new ProcessingException("interrupted");
            }
            return new PartitionView(partition, TOPIC, 42, 7, List.of());
        });
        var cancelled = Thread.ofVirtual().start(() -> {
            try {
                loader.load(3, TOPIC);
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        reached.await();

        cancelled.interrupt();
        cancelled.join();

        assertThat(loader.load(4, TOPIC).nextOffset()).isEqualTo(42);
        assertThat(failure.get()).hasMessageContaining("nobody waits for partition 3");
    }

    @Test
    void withoutItsOwnTokenItBeginsAtTheLogsStart() throws IOException {
        Files.delete(token);
        var loader = loader((partition, _) -> new PartitionView(partition, TOPIC, 42, 7, List.of()));

        assertThatItBeginsAtTheLogsStart(loader.load(3, TOPIC));
    }

    private StateServiceLoader loader(StateServiceClient client) {
        StateServiceClient counting = (partition, authorization) -> {
            asked.add(partition);
            return client.partition(partition, authorization);
        };
        return new StateServiceLoader(counting, SampleToken.in(token), clock);
    }

    private static void assertThatItBeginsAtTheLogsStart(Start start) {
        assertThat(start.nextOffset()).isZero();
        assertThat(start.fold().epoch()).isZero();
        assertThat(start.fold().bots()).isEmpty();
    }
}
