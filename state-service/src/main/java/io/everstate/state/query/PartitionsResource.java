package io.everstate.state.query;

import io.everstate.contracts.view.PartitionView;
import io.everstate.state.platform.Invalid;
import io.everstate.state.query.PartitionQueries.StoredPartition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/partitions")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "System")
final class PartitionsResource {
    private final PartitionQueries queries;

    PartitionsResource(PartitionQueries queries) {
        this.queries = queries;
    }

    @GET
    @Path("/{partition}")
    @Operation(summary = "One partition's bots with the offset up to which they are folded")
    @APIResponse(responseCode = "200", description = "Bots, epoch and offset belong together")
    @APIResponse(responseCode = "404", description = "Nothing was folded of this partition so far")
    @APIResponse(responseCode = "409", description = "A bot of it is parked: read the partition from the log")
    @APIResponseSchema(PartitionView.class)
    public StoredPartition partition(@Parameter(example = "0") @PathParam("partition") String partition) {
        try {
            return queries.partition(Integer.parseInt(partition));
        } catch (NumberFormatException e) {
            throw Invalid.field("partition", "must be a whole number");
        }
    }
}
