package io.everstate.recovery.alert.webhook;

import io.everstate.recovery.alert.AlertConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** As the defaults, but for the address and the deadline. */
record TestAlertConfig(Optional<URI> webhookUrl, Duration timeout) implements AlertConfig {
    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration retryBase() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration retryMax() {
        return Duration.ofMinutes(5);
    }

    @Override
    public int maxAttempts() {
        return 300;
    }

    @Override
    public Duration maxEventAge() {
        return Duration.ofDays(1);
    }

    @Override
    public Duration findingsEvery() {
        return Duration.ofSeconds(30);
    }
}
