package io.everstate.state.snapshot;

import static java.util.Objects.requireNonNullElse;

import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotOrigin;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import io.everstate.state.snapshot.validation.ValidationView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriBuilder;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/snapshots")
@RunOnVirtualThread
@Tag(name = "Snapshots")
final class SnapshotResource {
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final SnapshotService snapshots;
    private final SnapshotRepository stored;
    private final SnapshotContents contents;
    private final SnapshotValidation validation;

    SnapshotResource(
            SnapshotService snapshots,
            SnapshotRepository stored,
            SnapshotContents contents,
            SnapshotValidation validation) {
        this.snapshots = snapshots;
        this.stored = stored;
        this.contents = contents;
        this.validation = validation;
    }

    @POST
    @RolesAllowed("operator")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take a snapshot now, read it back and validate it",
            description =
                    "FULL: of all bots. INCREMENTAL: of those that changed since the newest valid one; FULL again when there is none to"
                            + " build on. `purpose`: RESTORE_POINT unless said otherwise; one for a BACKUP is not what a restore to `newest`"
                            + " goes back to")
    @RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(name = "all bots", value = "{\"kind\":\"FULL\"}"),
                                @ExampleObject(name = "what changed", value = "{\"kind\":\"INCREMENTAL\"}"),
                                @ExampleObject(
                                        name = "for a backup",
                                        value = "{\"kind\":\"FULL\",\"purpose\":\"BACKUP\"}")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "Stored; `valid` says whether it verified",
            content = @Content(schema = @Schema(implementation = SnapshotView.class)))
    @APIResponse(responseCode = "400", description = "The kind is missing or unknown, or the purpose is")
    @APIResponse(responseCode = "409", description = "The `Idempotency-Key` was used for another one")
    @APIResponse(
            responseCode = "503",
            description =
                    "The database does not answer, or another one is being taken for too long; try again with the same key")
    public Response take(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable SnapshotRequest request,
            @Context SecurityContext security) {
        if (request == null || request.kind() == null) {
            throw Invalid.field("kind", "must be FULL or INCREMENTAL");
        }
        var purpose = requireNonNullElse(request.purpose(), SnapshotPurpose.RESTORE_POINT);
        var by = security.getUserPrincipal().getName();
        var known = Invalid.idempotencyKey(key);
        var view = known == null
                ? snapshots.take(request.kind(), purpose, Fence.NONE)
                : snapshots.take(request.kind(), purpose, new SnapshotOrigin.Request(by, known));
        return Response.created(UriBuilder.fromPath("/api/v1/snapshots/{id}").build(view.id()))
                .entity(view)
                .build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Snapshots, the newest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "400", description = "`limit` or `after` cannot be")
    public Page<SnapshotView> snapshots(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "`next` of the page before", example = "41") @QueryParam("after") @Nullable
                    String after) {
        return snapshots.page(PageLimit.of(limit), after == null ? Long.MAX_VALUE : number(after));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One snapshot: its cut, its hash, whether it is valid")
    @APIResponse(responseCode = "404", description = "There is no such snapshot")
    public SnapshotView snapshot(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return snapshots.find(uuid(id));
    }

    @GET
    @Path("/{id}/content")
    @RolesAllowed("viewer")
    @Produces({"application/zstd", "application/gzip"})
    @Operation(summary = "The content: zstd (format 1: gzip), one bot's state as JSON a line. Its SHA-256 is the ETag")
    @APIResponse(responseCode = "404", description = "There is no such snapshot")
    @APIResponse(responseCode = "422", description = "It did not verify; its content is not given out")
    public Response content(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        var snapshot = stored.valid(uuid(id));
        var format = contents.describe(snapshot).format();
        var file = snapshot.id() + format.suffix();
        return Response.ok(contents.read(snapshot), format.mediaType())
                .tag(snapshot.sha256())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }

    @POST
    @Path("/{id}/validation")
    @RolesAllowed("operator")
    @Operation(summary = "Read the content again and check hash, lines and states")
    @APIResponse(responseCode = "200", description = "What was found; `findings` is empty when all is well")
    @APIResponse(responseCode = "404", description = "There is no such snapshot")
    public ValidationView validate(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return validation.validate(uuid(id));
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Invalid.field("after", "must be the next of the page before (a whole number)");
        }
    }

    private static UUID uuid(String id) {
        return Invalid.uuid("id", id, "must be a snapshot's id (a UUID)");
    }
}
