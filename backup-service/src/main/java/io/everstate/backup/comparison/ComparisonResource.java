package io.everstate.backup.comparison;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.contracts.backup.BucketComparisonView;
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
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bucket-comparisons")
@Tag(name = "Catalogue")
final class ComparisonResource {
    private static final String ADDRESS = "/api/v1/bucket-comparisons/";
    private static final String EXAMPLE = """
            {"id":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","status":"COMPLETED","requestedAt":"2026-11-23T02:00:00Z","finishedAt":"2026-11-23T02:00:03Z",\
            "objects":62,"counts":{"ORPHAN":1},"differences":[{"object":"backups/default/20261121T102030Z-full-019aa6a2-0000-7000-8000-000000000001/\
            archive.tar.gz","kind":"ORPHAN","backupId":"019aa6a2-0000-7000-8000-000000000001","bytes":1048576,"detail":"there is no manifest beside it"}]}""";

    private final Comparisons comparisons;

    ComparisonResource(Comparisons comparisons) {
        this.comparisons = comparisons;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Hold the bucket against the catalogue, both ways",
            description = "Reads names and sizes, no content, and changes nothing. It happens by itself once a day.")
    @APIResponse(responseCode = "202", description = "Accepted; Location is the report's address")
    @APIResponse(responseCode = "409", description = "Another one runs")
    public Response start(
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var id = comparisons.request(new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : Fingerprint.of("bucket-comparison")));
        return accepted(id);
    }

    @POST
    @Path("/{id}/sweep")
    @RolesAllowed("admin")
    @Operation(
            summary = "Remove what the report calls ORPHAN and what is one still",
            description =
                    "Refused while the bucket holds archives that the catalogue does not know. What is removed cannot be had back.")
    @APIResponse(responseCode = "202", description = "Accepted; the report tells what went, and how it ended")
    @APIResponse(responseCode = "404", description = "There is no such report")
    @APIResponse(responseCode = "409", description = "It is not complete, or a sweep of it runs")
    public Response sweep(@PathParam("id") UUID id, SecurityContext caller) {
        comparisons.requestSweep(id, caller.getUserPrincipal().getName());
        return accepted(id);
    }

    private Response accepted(UUID id) {
        return Response.accepted(one(id)).location(URI.create(ADDRESS + id)).build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The comparisons, the newest first")
    public Page<BucketComparisonView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = comparisons.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One comparison: what differs, and what a sweep removed of it")
    @APIResponse(
            responseCode = "200",
            description = "At most 500 differences, and how many there are of each kind",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = BucketComparisonView.class),
                            examples = @ExampleObject(name = "half a backup", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such comparison")
    public BucketComparisonView one(@PathParam("id") UUID id) {
        return comparisons
                .findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no comparison " + id));
    }
}
