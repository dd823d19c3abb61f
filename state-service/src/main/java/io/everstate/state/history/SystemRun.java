package io.everstate.state.history;

import java.time.Instant;

/**
 * The time since the system was started last.
 *
 * @param restarts how often it was started again before
 */
public record SystemRun(long run, Instant startedAt, long restarts) {}
