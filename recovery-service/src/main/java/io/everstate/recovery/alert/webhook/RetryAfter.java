package io.everstate.recovery.alert.webhook;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * How long a 429 asks to wait: seconds, with a fraction in some chats, or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param fallback when it says nothing that can be read
 * @param max more is not waited, whatever it says
 */
record RetryAfter(Clock clock, Duration fallback, Duration max) {
    private static final int MILLIS = 1000;

    Duration of(HttpHeaders headers) {
        return headers.firstValue("Retry-After").map(this::read).orElse(fallback);
    }

    private Duration read(String value) {
        var wait = value.matches("\\d{1,9}(\\.\\d{1,9})?") ? seconds(value) : untilDate(value);
        return wait.compareTo(max) > 0 ? max : wait;
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * MILLIS));
    }

    private Duration untilDate(String value) {
        try {
            var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            var wait = Duration.between(clock.instant(), date);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return fallback;
        }
    }
}
