package io.everstate.recovery.platform;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: {@code base}, doubled with each failure up to {@code max}; the random half keeps replicas from marching in step. */
public record Backoff(Duration base, Duration max, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /** @param failures so far, at least 1 */
    public Duration after(int failures) {
        var doubled = base.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        var full = doubled.compareTo(max) < 0 ? doubled : max;
        var half = full.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
