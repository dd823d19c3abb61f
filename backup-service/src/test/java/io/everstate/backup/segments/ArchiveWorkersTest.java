package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiveWorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ArchiveWorkers workers = new ArchiveWorkers(4);
    private final ArrayList<Object> told = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        assertThat(workers.end(PATIENCE)).isTrue();
    }

    @Test
    void tellsWhatCameOfItToTheThreadThatAsked() throws InterruptedException {
        workers.run(() -> "stored", told::add, told::add);
        assertThat(workers.running()).isEqualTo(1);

        workers.deliver(PATIENCE);

        assertThat(told).containsExactly("stored");
        assertThat(workers.running()).isZero();
    }

    /** Else its partition is busy for ever, and so is one of the workers. */
    @Test
    void tellsThatMemoryEnded() throws InterruptedException {
        var failure = new OutOfMemoryError("Java heap space");
        workers.run(
                () -> {
                    throw failure;
                },
                told::add,
                told::add);

        workers.deliver(PATIENCE);

        assertThat(told).containsExactly(failure);
        assertThat(workers.running()).isZero();
    }
}
