package io.everstate.bot.registry;

import io.everstate.bot.ownership.OwnershipConfiguration;
import io.everstate.bot.replica.OwnerHints;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The replicas of this service, for those who watch whether each of them answers. */
@Path("/api/v1/replicas")
class ReplicasResource {
    private final OwnerHints hints;
    private final OwnershipConfiguration configuration;

    ReplicasResource(OwnerHints hints, OwnershipConfiguration configuration) {
        this.hints = hints;
        this.configuration = configuration;
    }

    /** @param address where the replica is reached by the others */
    record ReplicaView(String address) {}

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "This replica, and those that said last that they own partitions")
    public Page<ReplicaView> all() {
        var addresses = new TreeSet<>(hints.peers());
        addresses.add(configuration.advertisedAddress());
        return new Page<>(addresses.stream().map(ReplicaView::new).toList(), null);
    }
}
