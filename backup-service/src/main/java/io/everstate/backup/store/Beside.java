package io.everstate.backup.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A call that runs beside its owner. What it throws is thrown where its result is asked for. */
final class Beside<T> {
    private final FutureTask<T> task;

    private Beside(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Beside<T> begin(String name, Supplier<T> call) {
        var task = new FutureTask<>(call::get);
        Thread.ofVirtual().name(name).start(task);
        return new Beside<>(task);
    }

    /** Waits for it. Who is interrupted meanwhile gives it up. */
    T result() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted before the storage had answered", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Waits for nothing. */
    void giveUp() {
        task.cancel(true);
    }
}
