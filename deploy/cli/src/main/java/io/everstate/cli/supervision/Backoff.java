package io.everstate.cli.supervision;

import java.time.Duration;

/**
 * How long a process stays down before it is started again: {@code base}, doubled with each end in a row up to {@code max}, never
 * below {@code atLeast}. An end after {@code healthy} of health counts as the first one again.
 */
public record Backoff(Duration atLeast, Duration base, Duration max, Duration healthy) {

    private static final int MAX_DOUBLINGS = 20;

    /** 1 s, 2 s, 4 s ... 30 s; forgotten after a minute of health. */
    public static Backoff standard() {
        return new Backoff(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** The same, for a process that somebody else is expected to restart earlier than this. */
    public Backoff atLeast(Duration delay) {
        return new Backoff(delay, base, max, healthy);
    }

    /** @param endsInARow how often the process ended before without having been healthy for long; 0 at first */
    Duration delay(int endsInARow) {
        Duration doubled = base.multipliedBy(1L << Math.min(endsInARow, MAX_DOUBLINGS));
        Duration capped = doubled.compareTo(max) < 0 ? doubled : max;
        return capped.compareTo(atLeast) < 0 ? atLeast : capped;
    }
}
