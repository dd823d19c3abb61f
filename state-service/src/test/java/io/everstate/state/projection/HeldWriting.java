package io.everstate.state.projection;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A database that may take its time: what is written is held until the test lets it go, or whoever folds waits for it. Until then the
 * replica folds on. One write happens at a time, and never while the test's own thread does anything, so that a run repeats itself.
 */
final class HeldWriting implements WritingThread {
    private static final long LOOK_NANOS = 20_000;

    private final BooleanSupplier atOnce;
    private final Thread folding = Thread.currentThread();
    private volatile boolean stepping;
    private @Nullable Held held;

    /** @param atOnce asked for each write, and for one that is held whenever the replica goes on */
    HeldWriting(BooleanSupplier atOnce) {
        this.atOnce = atOnce;
    }

    /** A write on its way. */
    private final class Held {
        private final Runnable work;
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::waitAndWrite);
        private volatile boolean goesOn;
        private volatile boolean dropped;
        private volatile boolean begun;

        Held(Runnable work) {
            this.work = work;
        }

        private void waitAndWrite() {
            while (!goesOn && !dropped && !isWaitedFor()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (!dropped) {
                begun = true;
                work.run();
            }
        }

        /** The folding thread waits for other things too: states are read on all processors, on the connection of the write. */
        private boolean isWaitedFor() {
            return stepping
                    && switch (folding.getState()) {
                        case WAITING, TIMED_WAITING ->
                            Arrays.stream(folding.getStackTrace())
                                    .anyMatch(frame -> frame.getClassName().equals(BatchWriter.class.getName()));
                        default -> false;
                    };
        }

        void ends() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void execute(Runnable work) {
        if (held != null) {
            if (!held.begun) {
                throw new IllegalStateException("two transactions of one replica are on their way at once");
            }
            held.ends();
            held = null;
        }
        if (atOnce.getAsBoolean()) {
            work.run();
        } else {
            held = new Held(work);
            held.thread.start();
        }
    }

    void begins() {
        if (held != null && atOnce.getAsBoolean()) {
            goesOn();
        }
        stepping = true;
    }

    void ended() {
        stepping = false;
    }

    /** What is held reaches the database. */
    void goesOn() {
        if (held != null) {
            held.goesOn = true;
            held.ends();
            held = null;
        }
    }

    /** What is held never does. */
    void isDropped() {
        if (held != null) {
            held.dropped = true;
            held.ends();
            held = null;
        }
    }

    boolean holds() {
        return held != null && !held.begun;
    }
}
