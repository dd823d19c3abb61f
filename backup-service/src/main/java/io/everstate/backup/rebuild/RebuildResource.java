package io.everstate.backup.rebuild;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/catalogue-rebuilds")
@Tag(name = "Catalogue")
final class RebuildResource {
    private static final String EXAMPLE = """
            {"id":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","status":"FAILED","requestedAt":"2026-11-23T10:20:30Z","finishedAt":"2026-11-23T10:21:02Z",\
            "archives":31,"outcomes":{"VERIFIED":30,"NEEDS_KEY":1},"bytesDone":734003200,"bytesTotal":734003200,"problems":[{"object":"backups/default/\
            20261121T102030Z-full-019aa6a2-0000-7000-8000-000000000001/archive.tar.gz.age","backupId":"019aa6a2-0000-7000-8000-000000000001",\
            "outcome":"NEEDS_KEY","detail":"it is encrypted, and everstate.archive.identity-file names no key that opens it"}],\
            "failure":"1 archives are left open, each with its reason: ask again when that is mended"}""";

    private final Rebuilds rebuilds;

    RebuildResource(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @POST
    @RolesAllowed("admin")
    @Operation(
            summary = "Make the catalogue again from the bucket alone",
            description =
                    "Each archive that the catalogue does not know gets a row by its manifest, and becomes a backup when all of it was read from storage "
                            + "again and every check sum agreed. Rows that are there stay as they are. Pins are nowhere but in the catalogue: set them anew.")
    @APIResponse(responseCode = "202", description = "Accepted; Location is the rebuild's address")
    @APIResponse(responseCode = "409", description = "Another one runs")
    public Response start(
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : Fingerprint.of("catalogue-rebuild"));
        var id = rebuilds.findRepeated(asked).orElseGet(() -> insert(asked));
        return Response.accepted(one(id))
                .location(URI.create("/api/v1/catalogue-rebuilds/" + id))
                .build();
    }

    private UUID insert(Asked asked) {
        try {
            return rebuilds.add(asked);
        } catch (ConstraintViolationException e) {
            return rebuilds.findRepeated(asked)
                    .orElseThrow(() ->
                            new ProblemException(ProblemType.CONFLICT, "another rebuild of the catalogue runs", e));
        }
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The rebuilds of the catalogue, the newest first")
    public Page<CatalogueRebuildView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = rebuilds.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One rebuild of the catalogue, and how far it is")
    @APIResponse(
            responseCode = "200",
            description = "What became of each archive that was not known",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = CatalogueRebuildView.class),
                            examples = @ExampleObject(name = "one needs a key", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such rebuild")
    public CatalogueRebuildView one(@PathParam("id") UUID id) {
        return rebuilds.findView(id)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "there is no rebuild of the catalogue " + id));
    }
}
