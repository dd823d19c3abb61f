package io.everstate.state.projection;

import io.everstate.state.finding.Finding;
import io.everstate.state.fold.FoldedBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes batches on another thread, one transaction at a time. Everything here is called by the thread that folds. */
final class BatchWriter {
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final Function<List<FoldedBatch>, List<Finding>> store;
    private final WritingThread thread;
    private final Clock clock;
    private List<FoldedBatch> batches = List.of();
    private @Nullable CompletableFuture<List<Finding>> running;
    /** Since the last try failed, until one is kept. */
    private boolean troubled;

    private Instant begun = Instant.MIN;
    private volatile Instant ended = Instant.MIN;
    private Instant restUntil = Instant.MIN;

    /** @param store keeps all of them or none */
    BatchWriter(Function<List<FoldedBatch>, List<Finding>> store, WritingThread thread, Clock clock) {
        this.store = store;
        this.thread = thread;
        this.clock = clock;
    }

    /**
     * Batches that are kept.
     *
     * @param found in them and not known before
     */
    record Written(List<FoldedBatch> batches, List<Finding> found) {}

    boolean writing() {
        return running != null;
    }

    /**
     * Whether the last ones were written so lately that the next better wait, as long as those took: half of the time is left to what is
     * read and folded, and a bot that changes again meanwhile is written once. A clock that was set back ends it.
     */
    boolean resting() {
        var now = clock.instant();
        return running == null && now.isBefore(restUntil) && !now.isBefore(ended);
    }

    /** Whether the last ones could not be kept; they are tried {@link #again}, and nothing else before. */
    boolean failed() {
        return running == null && !batches.isEmpty();
    }

    /**
     * Whether the last try that has ended failed, and what it was about still concerns somebody here. Until it is kept nothing is known to be
     * well, also while it is tried {@link #again}.
     */
    boolean troubled() {
        return troubled && !batches.isEmpty();
    }

    /** Only when nothing is being written and nothing failed. */
    void write(List<FoldedBatch> some) {
        if (writing() || failed()) {
            throw new IllegalStateException("batches are written one transaction after another");
        }
        if (!some.isEmpty()) {
            batches = some;
            troubled = false;
            again();
        }
    }

    void again() {
        begun = clock.instant();
        ended = begun;
        var moving = batches.stream().filter(FoldedBatch::moves).toList();
        running = moving.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(() -> timed(moving), thread);
    }

    /** Whoever folds may look much later what became of it. */
    private List<Finding> timed(List<FoldedBatch> moving) {
        try {
            return store.apply(moving);
        } finally {
            ended = clock.instant();
        }
    }

    /** Once for each {@link #write}; empty while nothing is. Throws what the store threw. */
    Optional<Written> written() {
        var done = running;
        if (done == null || !done.isDone()) {
            return Optional.empty();
        }
        running = null;
        var took = Duration.between(begun, ended);
        restUntil = ended.plus(took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST);
        try {
            var written = new Written(batches, done.join());
            batches = List.of();
            troubled = false;
            return Optional.of(written);
        } catch (CompletionException e) {
            troubled = true;
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** Returns when nothing is being written any more, or after that time; what became of it is told by {@link #written}. */
    void await(Duration longest) {
        if (running == null) {
            return;
        }
        try {
            running.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // the one is told later, the other is what was asked for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is written of this partition concerns nobody here any more, and what could not be written is not tried again. */
    void forget(int partition) {
        batches =
                batches.stream().filter(batch -> batch.partition() != partition).toList();
    }
}
