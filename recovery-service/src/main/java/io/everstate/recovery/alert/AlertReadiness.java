package io.everstate.recovery.alert;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says where alerts go. Never down: without a channel they are kept, and recovery goes on. */
@Readiness
@Singleton
final class AlertReadiness implements HealthCheck {
    private final AlertChannel channel;

    AlertReadiness(AlertChannel channel) {
        this.channel = channel;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("alerts")
                .up()
                .withData("channel", channel.configured() ? "webhook" : "none: alerts are kept and listed only")
                .build();
    }
}
