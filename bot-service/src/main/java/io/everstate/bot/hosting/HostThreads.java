package io.everstate.bot.hosting;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The one thread in which the bots' host decides, and threads for what it must not wait for. Once they stop no bot runs here, so work that
 * still comes is moot: it is left out, which is no failure of whoever hands it over, the log's reader or a worker that was at it.
 */
final class HostThreads {
    private static final Logger LOG = Logger.getLogger(HostThreads.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bot-host").factory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** In the host's thread, in the order of the calls. */
    void inHost(Runnable work) {
        unlessStopped(host, () -> host.execute(() -> guarded(work)));
    }

    void inHostAfter(Duration delay, Runnable work) {
        unlessStopped(host, () -> {
            var _ = host.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** In the host's thread; the interval is that from an end to the next beginning. */
    void repeat(Duration interval, Runnable work) {
        var _ = host.scheduleWithFixedDelay(
                () -> guarded(work), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    void beside(Runnable work) {
        unlessStopped(workers, () -> workers.execute(() -> guarded(work)));
    }

    /** The host's thread for work that somebody waits for: it refuses when it has stopped, so that they hear of it. */
    Executor refusing() {
        return host;
    }

    private static void unlessStopped(ExecutorService threads, Runnable handOver) {
        try {
            handOver.run();
        } catch (RejectedExecutionException e) {
            if (!threads.isShutdown()) {
                throw e;
            }
            LOG.debug("the bots' host stops, a piece of its work is moot", e);
        }
    }

    /** An executor keeps failures to itself; a defect here must be seen. */
    static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("the bots' host failed at one piece of work", e);
        }
    }

    /** The host's thread first: it must not decide on what an interrupted worker did not come to. */
    void stop() throws InterruptedException {
        host.shutdownNow();
        workers.shutdownNow();
        if (!host.awaitTermination(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the bots' host did not end in time");
        }
    }
}
