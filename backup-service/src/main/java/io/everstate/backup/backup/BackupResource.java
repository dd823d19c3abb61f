package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Chains;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.BackupRequest;
import io.everstate.contracts.backup.BackupView;
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
import java.time.Duration;
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

@Path("/api/v1/backups")
@Tag(name = "Backups")
final class BackupResource {
    private static final int MAX_DESCRIPTION = 500;

    private final BackupService backups;
    private final Catalogue catalogue;
    private final Chains chains;
    private final AwaitedBackups awaited;

    BackupResource(BackupService backups, Catalogue catalogue, Chains chains, AwaitedBackups awaited) {
        this.backups = backups;
        this.catalogue = catalogue;
        this.chains = chains;
        this.awaited = awaited;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Take a backup",
            description =
                    "Answered at once; the backup goes on and is watched at its address. With wait it is answered when the"
                            + " backup was read back, or after so many seconds with why it was not.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = BackupRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "full",
                                            value =
                                                    "{\"workspace\":\"default\",\"kind\":\"FULL\",\"description\":\"before the upgrade\"}")))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the backup's address")
    @APIResponse(responseCode = "200", description = "With wait: it was read back and is COMPLETED")
    @APIResponse(responseCode = "400", description = "The request is not valid")
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    @APIResponse(
            responseCode = "503",
            description = "With wait: it failed, or goes on and can be waited for with the same key")
    public Response take(
            @NotNull BackupRequest request,
            @QueryParam("wait") @Min(1) @Max(300) @Nullable Integer wait,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var workspace = given("workspace", request.workspace());
        var kind = given("kind", request.kind());
        var description = request.description() == null || request.description().isBlank()
                ? "Manual backup"
                : request.description().strip();
        if (description.length() > MAX_DESCRIPTION) {
            throw new InvalidRequestException("description", "must be at most " + MAX_DESCRIPTION + " characters");
        }
        checkText("description", description);
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : Fingerprint.of(workspace, kind, description));
        var id = backups.request(workspace, kind, description, asked);
        if (wait != null) {
            return Response.ok(awaited.completed(id, Duration.ofSeconds(wait))).build();
        }
        return Response.accepted(view(id))
                .location(URI.create("/api/v1/backups/" + id))
                .build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The backups, the newest first")
    public Page<BackupView> list(
            @QueryParam("workspace") @Nullable String workspace,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        checkText("workspace", workspace);
        var found = catalogue.page(workspace, after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One backup, with its progress while it runs")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = BackupView.class, type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "completed", value = """
                                                    {"id":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","workspace":"default","kind":"FULL","status":"COMPLETED",
                                                     "description":"Manual backup","requestedAt":"2026-11-21T10:00:00Z","verifiedAt":"2026-11-21T10:00:02Z",
                                                     "files":12,"bytesDone":18231,"bytesTotal":18231,"archiveBytes":6120,
                                                     "objectName":"backups/default/20261121T100000Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz"}""")))
    @APIResponse(responseCode = "404", description = "There is no such backup")
    public BackupView one(@PathParam("id") UUID id) {
        return view(id);
    }

    @GET
    @Path("/{id}/chain")
    @RolesAllowed("viewer")
    @Operation(
            summary = "All that a restore of a backup needs",
            description = "The oldest first, the backup itself last; one that is no INCREMENTAL needs only itself.")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    public Page<BackupView> chain(@PathParam("id") UUID id) {
        view(id);
        return new Page<>(chains.views(id), null);
    }

    private BackupView view(UUID id) {
        return catalogue
                .findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no backup " + id));
    }

    /** PostgreSQL has no text with that character in it. */
    private static void checkText(String field, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw new InvalidRequestException(field, "must not hold the character NUL");
        }
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidRequestException(field, "must be given");
        }
        return value;
    }
}
