package io.everstate.bot.live;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how the live markets are. An exchange that is away is no reason to take no commands. */
@Readiness
@ApplicationScoped
class LiveReadiness implements HealthCheck {
    private final LiveMarkets markets;

    LiveReadiness(LiveMarkets markets) {
        this.markets = markets;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("live markets")
                .up()
                .withData("state", markets.state().orElse("none are configured"))
                .build();
    }
}
