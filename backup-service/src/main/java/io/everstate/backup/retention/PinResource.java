package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Expiries;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.PinRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/backups/{id}/pin")
@Tag(name = "Retention")
final class PinResource {
    private static final int MAX_REASON = 500;

    private final Expiries expiries;

    PinResource(Expiries expiries) {
        this.expiries = expiries;
    }

    @PUT
    @RolesAllowed("operator")
    @Operation(summary = "Keep a backup, whatever retention says")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = PinRequest.class),
                            examples =
                                    @ExampleObject(name = "a reason", value = "{\"reason\":\"before the migration\"}")))
    @APIResponse(responseCode = "204", description = "It is kept; a reason of before is replaced")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    @APIResponse(responseCode = "409", description = "It is no finished backup, or was given up")
    public void pin(@PathParam("id") UUID id, @NotNull PinRequest request) {
        var reason = request.reason() == null ? "" : request.reason().strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException("reason", "must be given, with at most " + MAX_REASON + " characters");
        }
        expiries.pin(id, reason);
    }

    @DELETE
    @RolesAllowed("operator")
    @Operation(summary = "Leave a backup to retention again")
    @APIResponse(responseCode = "204", description = "It is kept as others are")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    @APIResponse(responseCode = "409", description = "It is no finished backup, or was given up")
    public void unpin(@PathParam("id") UUID id) {
        expiries.pin(id, null);
    }
}
