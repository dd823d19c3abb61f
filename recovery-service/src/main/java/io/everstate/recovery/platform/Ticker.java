package io.everstate.recovery.platform;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does a task again and again on a thread of its own, with a pause after each, until closed. A task that throws is logged once until it
 * succeeds again and does not end the rhythm.
 */
public final class Ticker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Ticker.class);
    private static final long PATIENCE_SECONDS = 10;

    private final String name;
    private final Runnable task;
    private final ScheduledExecutorService thread;
    private boolean failing;

    private Ticker(String name, Runnable task) {
        this.name = name;
        this.task = task;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    public static Ticker start(String name, Duration pause, Runnable task) {
        var ticker = new Ticker(name, task);
        var millis = pause.toMillis();
        var _ = ticker.thread.scheduleWithFixedDelay(ticker::tick, millis, millis, TimeUnit.MILLISECONDS);
        return ticker;
    }

    private void tick() {
        try {
            task.run();
            if (failing) {
                LOG.infof("%s works again", name);
            }
            failing = false;
        } catch (RuntimeException | Error e) {
            // whatever escapes here would end the rhythm for good, without a word
            log(e);
            failing = true;
        }
    }

    private void log(Throwable failure) {
        if (failing) {
            LOG.debugf(failure, "%s still fails", name);
        } else if (DatabaseUnavailableException.in(failure) != null) {
            LOG.warnf("%s waits: the database does not answer", name);
        } else {
            LOG.errorf(failure, "%s failed and is tried again", name);
        }
    }

    /** Returns when the task that is under way has ended, or after 10 s. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
