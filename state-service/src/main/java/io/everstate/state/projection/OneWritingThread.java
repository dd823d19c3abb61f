package io.everstate.state.projection;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One: transactions of one replica come one after another. */
@Singleton
final class OneWritingThread implements WritingThread {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("projection-writer").daemon().factory());

    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    @PreDestroy
    void end() {
        thread.shutdown();
    }
}
