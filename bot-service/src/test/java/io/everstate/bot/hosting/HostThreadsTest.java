package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostThreadsTest {
    private final HostThreads threads = new HostThreads();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() throws InterruptedException {
        threads.stop();
    }

    /** Before, a worker at the files of a partition failed when the host had stopped meanwhile. */
    @Test
    void aWorkerMayComeToItsEndBehindTheStop() throws InterruptedException {
        var atWork = new CompletableFuture<Void>();
        var stopped = new CompletableFuture<Void>();
        var failure = new CompletableFuture<Optional<Throwable>>();
        threads.beside(() -> {
            atWork.complete(null);
            stopped.join();
            failure.complete(Optional.ofNullable(catchThrowable(() -> threads.inHost(done::incrementAndGet))));
        });
        atWork.join();

        threads.stop();
        stopped.complete(null);

        assertThat(failure).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.empty());
        assertThat(done).hasValue(0);
    }

    @Test
    void whatComesBehindTheStopIsLeftOut() throws InterruptedException {
        threads.stop();

        threads.inHost(done::incrementAndGet);
        threads.inHostAfter(Duration.ZERO, done::incrementAndGet);
        threads.beside(done::incrementAndGet);

        assertThat(done).hasValue(0);
    }

    @Test
    void whoWaitsForWorkHearsThatItIsRefused() throws InterruptedException {
        threads.stop();

        assertThatThrownBy(() -> threads.refusing().execute(done::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aDefectInOnePieceOfWorkEndsNothingElse() {
        threads.repeat(Duration.ofMillis(1), () -> {
            done.incrementAndGet();
            throw new IllegalStateException("a defect");
        });

        await().untilAsserted(() -> assertThat(done).hasValueGreaterThan(2));
    }
}
