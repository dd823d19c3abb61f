package io.everstate.bot.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Without the reader of the log this process owns nothing and never will again; it must be started anew. */
@Liveness
@ApplicationScoped
class ReaderLiveness implements HealthCheck {
    private final Fleet fleet;

    ReaderLiveness(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("reader of the log")
                .status(fleet.alive())
                .build();
    }
}
