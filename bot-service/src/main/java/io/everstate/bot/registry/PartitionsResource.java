package io.everstate.bot.registry;

import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.fleet.FleetService;
import io.everstate.bot.fleet.ReplicaShare;
import io.everstate.bot.ownership.Ownerships.OwnedPartition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
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
    /** One more than the largest page of the list, which tells whether there is more. */
    private static final int LARGEST_SHARE = 1001;

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
            @QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
        var page = PageRequest.of(limit, LARGEST_SHARE, LARGEST_SHARE, after);
        return service.share(page.limit(), page.after());
    }
}
