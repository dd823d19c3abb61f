package io.everstate.backup.watch;

import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.ProtectionView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/workspaces/{name}/protection")
@Tag(name = "Workspaces")
final class ProtectionResource {
    private final Protections protections;
    private final Workspaces workspaces;

    ProtectionResource(Protections protections, Workspaces workspaces) {
        this.protections = protections;
        this.workspaces = workspaces;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "How old the newest verified backups of a workspace are, and when a drill restored one last")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ProtectionView.class, type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "protected", value = """
                                    {"workspace":"default","state":"OK","tooOldAfterSeconds":43200,
                                     "full":{"backupId":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","kind":"FULL","takenAt":"2026-11-21T10:00:00Z",
                                      "verifiedAt":"2026-11-21T10:00:02Z","ageSeconds":3600},
                                     "newest":[{"backupId":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","kind":"FULL","takenAt":"2026-11-21T10:00:00Z",
                                      "verifiedAt":"2026-11-21T10:00:02Z","ageSeconds":3600}],
                                     "lastProven":{"backupId":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","kind":"FULL","at":"2026-11-21T10:30:00Z",
                                      "drillRun":"019aa6b0-0000-7c41-9a55-0d2b1f0c7a11","ageSeconds":1800}}""")))
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    public ProtectionView protection(@PathParam("name") String name) {
        return protections.view(workspaces.named(name).name());
    }
}
