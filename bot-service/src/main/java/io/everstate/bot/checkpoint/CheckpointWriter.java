package io.everstate.bot.checkpoint;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.KnownState;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Saves states in the background, one thread, the newest of each bot only: a slow disk makes files older, never trading slower. After each
 * save it leaves the disk, which is often the log's too, alone for longer than it used it, but for a second at most. The files are a second line; what counts is in
 * the log.
 */
public final class CheckpointWriter {
    private static final Logger LOG = Logger.getLogger(CheckpointWriter.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
    private static final int REST = 4;
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final CheckpointStore store;
    private final int rest;
    private final Map<BotId, KnownState> unsaved = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("checkpoint-writer").unstarted(this::run);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    public CheckpointWriter(CheckpointStore store) {
        this(store, REST);
    }

    /** @param rest so many times as long as a save took */
    CheckpointWriter(CheckpointStore store, int rest) {
        this.store = store;
        this.rest = rest;
        thread.start();
    }

    /** Returns at once. A state that is older than one which waits is passed over. */
    public synchronized void save(KnownState known) {
        unsaved.merge(known.state().id(), known, CheckpointWriter::newer);
        notifyAll();
    }

    private static KnownState newer(KnownState waits, KnownState next) {
        return next.state().sequence() < waits.state().sequence() ? waits : next;
    }

    private void run() {
        for (var next = take(); next != null; next = take()) {
            var begun = System.nanoTime();
            try {
                store.save(next);
            } catch (IOException | RuntimeException e) {
                LOG.errorf(
                        e, "no checkpoint of bot %s was written", next.state().id());
            }
            rest(Duration.ofNanos(rest * (System.nanoTime() - begun)));
        }
    }

    /** Ends at once when closed. */
    private void rest(Duration length) {
        try {
            var bounded = Math.min(length.toNanos(), LONGEST_REST.toNanos());
            var _ = closed.await(bounded, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next to write; null when closed and all is written. */
    private synchronized @Nullable KnownState take() {
        try {
            while (unsaved.isEmpty() && !closing) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        var entries = unsaved.values().iterator();
        if (!entries.hasNext()) {
            return null;
        }
        var next = entries.next();
        entries.remove();
        return next;
    }

    /** Writes what is left, for a bounded time; returns whether all of it is written. */
    public boolean stop() throws InterruptedException {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        closed.countDown();
        var written = thread.join(STOP_DEADLINE);
        if (!written) {
            LOG.warnf("checkpoints were not all written within %s", STOP_DEADLINE);
        }
        return written;
    }
}
