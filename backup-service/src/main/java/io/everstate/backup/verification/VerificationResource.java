package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.VerificationRequest;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/verifications")
@Tag(name = "Verification")
final class VerificationResource {
    private final VerificationService service;
    private final Verifications verifications;
    private final Workspaces workspaces;
    private final Proofs proofs;

    VerificationResource(
            VerificationService service, Verifications verifications, Workspaces workspaces, Proofs proofs) {
        this.service = service;
        this.verifications = verifications;
        this.workspaces = workspaces;
        this.proofs = proofs;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Read archives from storage to their last byte",
            description =
                    "Of one backup, or all of a workspace that are completed now; it goes on and is watched at its address.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = VerificationRequest.class),
                            examples = {
                                @ExampleObject(name = "all of a workspace", value = "{\"workspace\":\"default\"}"),
                                @ExampleObject(
                                        name = "one backup",
                                        value = "{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\"}")
                            }))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the verification's address")
    @APIResponse(responseCode = "400", description = "Neither or both of workspace and backupId are given")
    @APIResponse(responseCode = "404", description = "There is no such workspace or backup")
    @APIResponse(responseCode = "409", description = "The backup is not completed")
    @APIResponse(responseCode = "422", description = "The backup is corrupted")
    public Response verify(
            @NotNull VerificationRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : Fingerprint.of(request.workspace(), request.backupId()));
        var id = service.request(workspace(request), request.backupId(), asked);
        return Response.accepted(one(id))
                .location(URI.create("/api/v1/verifications/" + id))
                .build();
    }

    private String workspace(VerificationRequest request) {
        var workspace = request.workspace();
        var backupId = request.backupId();
        if (workspace != null && backupId == null) {
            return workspaces.named(workspace).name();
        }
        if (workspace == null && backupId != null) {
            return proofs.completed(backupId).head().workspace();
        }
        throw new InvalidRequestException("workspace", "or backupId must be given, and not both");
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The verifications, the newest first; those that came by themselves, too")
    public Page<VerificationView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = verifications.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One verification, with its progress and what came of each archive")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = VerificationView.class, type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "running", value = """
                                    {"id":"019aa6b0-0000-7c41-9a55-0d2b1f0c7a11","workspace":"default","status":"RUNNING",
                                     "requestedAt":"2026-11-21T10:00:00Z","startedAt":"2026-11-21T10:00:01Z","archives":2,
                                     "bytesTotal":209715200,"bytesDone":104857600,"percent":50,"bytesPerSecond":20971520,"secondsLeft":5,
                                     "findings":[{"backupId":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","result":"VERIFIED","bytes":104857600,
                                      "at":"2026-11-21T10:00:06Z"}]}""")))
    @APIResponse(responseCode = "404", description = "There is no such verification")
    public VerificationView one(@PathParam("id") UUID id) {
        return verifications
                .findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no verification " + id));
    }
}
