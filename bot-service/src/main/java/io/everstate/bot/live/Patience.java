package io.everstate.bot.live;

import java.time.Duration;

/**
 * How long is waited for an exchange.
 *
 * @param staleAfter silence after which a connection is taken for dead
 * @param retryBase the pause before the first new attempt; doubled up to {@code retryMax}
 */
record Patience(Duration staleAfter, Duration retryBase, Duration retryMax) {
    Duration pause(int failures) {
        var doubled = retryBase.multipliedBy(1L << Math.min(failures, 16));
        return doubled.compareTo(retryMax) < 0 ? doubled : retryMax;
    }
}
