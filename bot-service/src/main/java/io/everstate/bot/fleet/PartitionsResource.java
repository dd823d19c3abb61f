package io.everstate.bot.fleet;

import io.everstate.bot.ownership.Ownerships.OwnedPartition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

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
    @Operation(summary = "This replica's bots by id, a page at a time, for the other replicas")
    public ReplicaShare share(
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(1001) int limit,
            @QueryParam("after") @Nullable String after) {
        return service.share(limit, after);
    }
}
