package io.everstate.state.parking;

import io.everstate.contracts.view.LostEndsView;
import io.everstate.state.platform.Invalid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/partitions/{partition}/lost-ends")
@RunOnVirtualThread
@Tag(name = "Parked bots")
final class LostEndsResource {
    private final LostEnds lostEnds;

    LostEndsResource(LostEnds lostEnds) {
        this.lostEnds = lostEnds;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Bots of a partition of which more is known here than its log holds, as they were known before")
    @APIResponse(
            responseCode = "200",
            description = "Of the log that is there now; empty as a rule",
            content = @Content(schema = @Schema(implementation = LostEndsView.class)))
    @APIResponse(responseCode = "404", description = "Nothing was folded of this partition so far")
    @APIResponse(
            responseCode = "409",
            description = "The log is another than it was, and is being looked through: ask again")
    public LostEnds.StoredLostEnds lostEnds(@Parameter(example = "0") @PathParam("partition") String partition) {
        try {
            return lostEnds.of(Integer.parseInt(partition));
        } catch (NumberFormatException e) {
            throw Invalid.field("partition", "must be a whole number");
        }
    }
}
