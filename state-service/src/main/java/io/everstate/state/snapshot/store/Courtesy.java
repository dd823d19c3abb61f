package io.everstate.state.snapshot.store;

import io.everstate.state.projection.ProjectionStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets folding go first: while it is behind, whoever writes or reads a snapshot's content rests twelve times as long as it worked, on two
 * processors, which leaves it a seventh of one. A snapshot that folding has waited for long enough goes on without rest.
 */
@Singleton
public final class Courtesy {
    /** So many events that are not folded yet are behind; fewer come and go at each batch. */
    static final long BEHIND = 10_000;

    private static final int RESTS = 12;
    /** Of each content: a snapshot must come to its end also where folding never catches up. */
    private static final Duration LONGEST = Duration.ofSeconds(20);
    /** At once: what is written is read in a transaction, which the database ends when nothing is asked in it for ten seconds. */
    private static final Duration LONGEST_AT_ONCE = Duration.ofSeconds(1);
    /** Shorter ones cost more than they give. */
    private static final Duration SHORTEST_WORK = Duration.ofMillis(2);

    private final ProjectionStatus projection;
    private final Rest rest;

    @Inject
    Courtesy(ProjectionStatus projection) {
        this(projection, LockSupport::parkNanos);
    }

    Courtesy(ProjectionStatus projection, Rest rest) {
        this.projection = projection;
        this.rest = rest;
    }

    interface Rest {
        void forNanos(long nanos);
    }

    /** Of one content. */
    private final class Work {
        private long begun = System.nanoTime();
        private long rested;

        void pause() {
            long worked = System.nanoTime() - begun;
            if (worked < SHORTEST_WORK.toNanos()) {
                return;
            }
            long pause = Math.min(left(), worked * RESTS);
            if (projection.waiting() > BEHIND && pause > 0) {
                rest.forNanos(pause);
                rested += pause;
            }
            begun = System.nanoTime();
        }

        private long left() {
            return Math.min(LONGEST_AT_ONCE.toNanos(), LONGEST.toNanos() - rested);
        }
    }

    /** The same, resting in front of what is written. */
    public OutputStream resting(OutputStream content) {
        var work = new Work();
        return new FilterOutputStream(content) {
            @Override
            public void write(int one) throws IOException {
                work.pause();
                out.write(one);
            }

            @Override
            public void write(byte[] some, int from, int length) throws IOException {
                work.pause();
                out.write(some, from, length);
            }
        };
    }

    /** The same, resting in front of what is read. */
    public InputStream resting(InputStream content) {
        var work = new Work();
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                work.pause();
                return super.read();
            }

            @Override
            public int read(byte[] some, int from, int length) throws IOException {
                work.pause();
                return super.read(some, from, length);
            }
        };
    }
}
