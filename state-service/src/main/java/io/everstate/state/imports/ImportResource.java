package io.everstate.state.imports;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/imports")
@RolesAllowed("operator")
@RunOnVirtualThread
@Tag(name = "Imports")
final class ImportResource {
    private final Imports imports;

    ImportResource(Imports imports) {
        this.imports = imports;
    }

    @POST
    @Operation(
            summary = "Make bots of a state file of another system",
            description =
                    "Repeatable: the same file, with the same said beside it, makes the same bots, once. All of it is read before anything is made")
    @APIResponse(responseCode = "200", description = "What became of each bot; some may be refused")
    @APIResponse(responseCode = "400", description = "The file cannot be taken; each field that is wrong is named")
    @APIResponse(
            responseCode = "503",
            description =
                    "bot-service does not answer, or a backup before it is required and there is none; repeat the same")
    public ImportView take(
            @NotNull ImportRequest request,
            @Parameter(description = "show what would be made, and make nothing") @QueryParam("dryRun") boolean dryRun,
            @Context SecurityContext security) {
        return imports.take(request, dryRun, security.getUserPrincipal().getName());
    }
}
