package io.everstate.backup.segments;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what waits for the storage and the database beside the reading, and brings what came of it back to the thread that asked. Each kind of work has
 * threads of its own, so that neither waits for the other. For one such thread.
 */
final class ArchiveWorkers {
    private final ExecutorService opening;
    private final ExecutorService storing;
    private final Map<Kind, Integer> running = new EnumMap<>(Kind.class);
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();

    enum Kind {
        /** To find where an archive ends, and to count what is there: half as many at a time as segments are stored, at least one. */
        OPENING,
        STORING
    }

    private record Result(Kind kind, Runnable told) {}

    /** @param writers how many segments are stored at a time */
    ArchiveWorkers(int writers) {
        opening = threads("segments-opening-", Math.max(1, writers / 2));
        storing = threads("segments-storing-", writers);
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Pieces of work that were asked for, and of which nothing was delivered yet. */
    int running(Kind kind) {
        return running.getOrDefault(kind, 0);
    }

    boolean isIdle() {
        return running(Kind.OPENING) + running(Kind.STORING) == 0;
    }

    /** One of the two is called, by {@link #deliver}, also when memory ended. */
    <T> void run(Kind kind, Supplier<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        running.merge(kind, 1, Integer::sum);
        var threads = kind == Kind.OPENING ? opening : storing;
        threads.execute(() -> results.add(new Result(kind, result(work, then, otherwise))));
    }

    /** Whatever it was: what is not told of would be waited for without an end. */
    private static <T> Runnable result(Supplier<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        try {
            var done = work.get();
            return () -> then.accept(done);
        } catch (Throwable e) {
            return () -> otherwise.accept(e);
        }
    }

    /** @param patience how long to wait for the first result */
    void deliver(Duration patience) throws InterruptedException {
        for (var next = results.poll(patience.toMillis(), TimeUnit.MILLISECONDS); next != null; next = results.poll()) {
            running.merge(next.kind(), -1, Integer::sum);
            next.told().run();
        }
    }

    /** @return whether all ended in time */
    boolean end(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        opening.shutdown();
        storing.shutdown();
        return storing.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)
                && opening.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
