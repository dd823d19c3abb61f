package io.everstate.recovery.alert;

import io.everstate.recovery.platform.Backoff;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Wires the plain classes of this feature. */
final class AlertBeans {
    private AlertBeans() {}

    @Produces
    @Singleton
    static AlertSender sender(AlertOutbox outbox, AlertChannel channel, AlertConfig config, Clock clock) {
        var backoff = new Backoff(config.retryBase(), config.retryMax(), RandomGenerator.getDefault());
        return new AlertSender(outbox, channel, backoff, config.maxAttempts(), clock);
    }
}
