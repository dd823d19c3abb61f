package io.everstate.bot.registry;

import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.strategy.StrategyDescription;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The strategies that a bot can have. */
@Path("/api/v1/strategies")
class StrategiesResource {
    private final StrategyCatalogue strategies;

    StrategiesResource(StrategyCatalogue strategies) {
        this.strategies = strategies;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Strategies with their parameters")
    public List<StrategyDescription> all() {
        return strategies.all();
    }
}
