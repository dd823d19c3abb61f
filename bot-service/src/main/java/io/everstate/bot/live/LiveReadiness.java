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
        var response = HealthCheckResponse.named("live markets").up();
        var state = markets.state();
        response.withData("state", state.orElse("none are configured"));
        if (state.isPresent() && !markets.looksUp()) {
            response.withData("record", "nobody is asked for bars that were not heard");
        }
        markets.doubts().forEach(response::withData);
        return response.build();
    }
}
