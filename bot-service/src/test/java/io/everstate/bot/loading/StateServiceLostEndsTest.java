package io.everstate.bot.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.platform.SampleToken;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.view.LostEndsView;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StateServiceLostEndsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final KnownIn IN = new KnownIn("lost topic", 7, null);

    @TempDir
    Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private Path token;

    @BeforeEach
    void writeToken() throws IOException {
        token = Files.writeString(directory.resolve("token"), "secret\n");
    }

    private StateServiceLostEnds lostEnds(LostEndsClient stateService, Duration patience) {
        LostEndsClient counted = (partition, authorization) -> {
            asked.incrementAndGet();
            return stateService.lostEnds(partition, authorization);
        };
        return new StateServiceLostEnds(counted, SampleToken.in(token), patience, SHORT);
    }

    private static LostEndsView answer(int partition) {
        return new LostEndsView(partition, "topic", 42, IN, List.of(SampleBots.created(SampleBots.id(1))));
    }

    @Test
    void areTheStatesThatStateServiceKnows() {
        var lostEnds = lostEnds(
                (partition, authorization) -> {
                    assertThat(authorization).isEqualTo("Bearer secret");
                    return answer(partition);
                },
                PATIENCE);

        assertThat(lostEnds.of(3)).contains(List.of(new KnownState(SampleBots.created(SampleBots.id(1)), IN)));
    }

    @Test
    void areAskedForAgainWhileStateServiceIsLooking() {
        var lostEnds = lostEnds(
                (partition, _) -> {
                    if (asked.get() < 3) {
                        throw new ClientErrorException(Response.Status.CONFLICT);
                    }
                    return answer(partition);
                },
                PATIENCE);

        assertThat(lostEnds.of(3)).isPresent();
        assertThat(asked).hasValue(3);
    }

    @Test
    @Timeout(20)
    void areNotWaitedForForEver() {
        var lostEnds = lostEnds(
                (_, _) -> {
                    throw new ClientErrorException(Response.Status.CONFLICT);
                },
                SHORT);

        assertThat(lostEnds.of(3)).isEmpty();
    }

    @Test
    void areNotWaitedForWhenNobodyAnswers() {
        var lostEnds = lostEnds(
                (_, _) -> {
                    throw new ProcessingException("connection refused");
                },
                PATIENCE);

        assertThat(lostEnds.of(3)).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    @Timeout(20)
    void anAnswerThatNeverEndsIsGivenUp() {
        var never = new CountDownLatch(1);
        var lostEnds = lostEnds(
                (partition, _) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answer(partition);
                },
                PATIENCE);

        assertThat(lostEnds.of(3)).isEmpty();
    }
}
