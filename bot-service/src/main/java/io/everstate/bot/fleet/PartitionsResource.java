package io.everstate.bot.fleet;

import io.everstate.bot.ownership.Ownerships.OwnedPartition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The partitions that this replica owns. */
@Path("/api/v1/partitions")
@RunOnVirtualThread
class PartitionsResource {
    private final Fleet fleet;
    private final FleetService service;

    PartitionsResource(Fleet fleet, FleetService service) {
        this.fleet = fleet;
        this.service = service;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Partitions owned by this replica, with their epochs")
    public List<OwnedPartition> owned() {
        return fleet.ownerships().owned();
    }

    @GET
    @Path("/share")
    @RolesAllowed("viewer")
    @Operation(summary = "This replica's bots, for the other replicas")
    public ReplicaShare share() {
        return service.share();
    }
}
