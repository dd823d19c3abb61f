package io.everstate.backup.segments;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what waits for the storage and the database beside the reading, and brings what came of it back to the thread that asked. For one such thread. */
final class ArchiveWorkers {
    private final ExecutorService threads;
    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private int running;

    ArchiveWorkers(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("segments-", 0).factory());
    }

    /** Pieces of work that were asked for, and of which nothing was delivered yet. */
    int running() {
        return running;
    }

    /** One of the two is called, by {@link #deliver}, also when memory ended. */
    <T> void run(Supplier<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        running++;
        threads.execute(() -> results.add(result(work, then, otherwise)));
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
            running--;
            next.run();
        }
    }

    /** @return whether all ended in time */
    boolean end(Duration patience) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
