package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.segments.ArchiveWorkers.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiveWorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ArchiveWorkers workers = new ArchiveWorkers(4);
    private final List<Object> told = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        assertThat(workers.end(PATIENCE)).isTrue();
    }

    @Test
    void tellsWhatCameOfItToTheThreadThatAsked() throws InterruptedException {
        workers.run(Kind.STORING, () -> "stored", told::add, told::add);
        assertThat(workers.running(Kind.STORING)).isEqualTo(1);

        workers.deliver(PATIENCE);

        assertThat(told).containsExactly("stored");
        assertThat(workers.isIdle()).isTrue();
    }

    /** Else its partition is busy for ever, and so is one of the workers. */
    @Test
    void tellsThatMemoryEnded() throws InterruptedException {
        var failure = new OutOfMemoryError("Java heap space");
        workers.run(
                Kind.STORING,
                () -> {
                    throw failure;
                },
                told::add,
                told::add);

        workers.deliver(PATIENCE);

        assertThat(told).containsExactly(failure);
        assertThat(workers.isIdle()).isTrue();
    }

    @Test
    void storesHoweverManyArchivesAreBeingOpened() throws InterruptedException {
        var opened = new CountDownLatch(1);
        for (var i = 0; i < 12; i++) {
            workers.run(Kind.OPENING, () -> waitFor(opened), told::add, told::add);
        }

        workers.run(Kind.STORING, () -> "stored", told::add, told::add);
        workers.deliver(PATIENCE);

        assertThat(told).containsExactly("stored");
        assertThat(workers.running(Kind.STORING)).isZero();
        opened.countDown();
    }

    @Test
    void opensHalfAsManyAsItStores() throws InterruptedException {
        var opened = new CountDownLatch(1);
        workers.run(Kind.OPENING, () -> waitFor(opened), told::add, told::add);
        workers.run(Kind.OPENING, () -> waitFor(opened), told::add, told::add);
        workers.run(Kind.OPENING, () -> "the third", told::add, told::add);

        workers.run(Kind.STORING, () -> "stored", told::add, told::add);
        workers.deliver(PATIENCE);

        assertThat(told).as("while two are opened").containsExactly("stored");
        opened.countDown();
    }

    private static String waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return "opened";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
