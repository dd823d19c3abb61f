package io.everstate.state.query;

import io.everstate.contracts.view.PartitionView;
import io.everstate.contracts.view.SystemStateView;
import io.everstate.state.platform.Invalid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "System")
final class SystemResource {
    private final SystemQueries queries;

    SystemResource(SystemQueries queries) {
        this.queries = queries;
    }

    @GET
    @Path("/system-state")
    @Operation(summary = "The fleet in one line")
    @APIResponse(
            responseCode = "200",
            description = "Sums over all bots; `lag` is -1 while the log does not answer",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "five bots", value = """
                    {"at":"2026-11-21T12:00:00Z","bots":5,"running":3,"emergencyStopped":0,"trades":1841,
                     "totalProfit":"12.75","restarts":1,"lag":0}""")))
    @APIResponse(responseCode = "503", description = "The database does not answer; try again")
    public SystemStateView systemState() {
        return queries.systemState();
    }

    @GET
    @Path("/partitions/{partition}")
    @Operation(summary = "One partition's bots with the offset up to which they are folded")
    @APIResponse(responseCode = "200", description = "Bots, epoch and offset belong together")
    @APIResponse(responseCode = "404", description = "Nothing was folded of this partition so far")
    @APIResponse(responseCode = "409", description = "A bot of it is parked: read the partition from the log")
    public PartitionView partition(@Parameter(example = "0") @PathParam("partition") String partition) {
        try {
            return queries.partition(Integer.parseInt(partition));
        } catch (NumberFormatException e) {
            throw Invalid.field("partition", "must be a whole number");
        }
    }
}
