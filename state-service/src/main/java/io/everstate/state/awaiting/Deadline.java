package io.everstate.state.awaiting;

import java.time.Duration;

/**
 * Until when somebody waits, however often.
 *
 * @param end as {@link System#nanoTime} counts
 */
public record Deadline(long end) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Not positive when it is over. */
    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
