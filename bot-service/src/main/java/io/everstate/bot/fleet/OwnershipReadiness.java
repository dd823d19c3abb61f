package io.everstate.bot.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when everything that the group assigned to this replica is owned. Until then it takes no commands, and what it shows of bots is
 * from its local checkpoints.
 */
@Readiness
@ApplicationScoped
class OwnershipReadiness implements HealthCheck {
    private final Fleet fleet;

    OwnershipReadiness(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public HealthCheckResponse call() {
        var ownerships = fleet.ownerships();
        var response = HealthCheckResponse.named("ownership")
                .status(ownerships.settled())
                .withData("partitions", ownerships.owned().size())
                .withData("bots", ownerships.bots().size())
                .withData("degraded", !ownerships.settled());
        ownerships.blocked().forEach((partition, why) -> response.withData("blocked " + partition, why));
        return response.build();
    }
}
