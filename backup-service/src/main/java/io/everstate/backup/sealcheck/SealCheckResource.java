package io.everstate.backup.sealcheck;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.backup.platform.Printable;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.SealAcknowledgementRequest;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.backup.SealCheckView;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/seal-checks")
@Tag(name = "Seals")
final class SealCheckResource {
    private static final Logger AUDIT = Logger.getLogger("audit");
    private static final int MAX_REASON = 500;
    private static final String ADDRESS = "/api/v1/seal-checks/";
    private static final String EXAMPLE = """
            {"id":"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11","workspace":"default","status":"COMPLETED","archives":true,\
            "requestedAt":"2026-11-23T02:00:00Z","finishedAt":"2026-11-23T02:00:03Z","head":{"number":31,"sha256":"9f86d081884c7d65..."},\
            "seals":31,"held":28,"removed":3,"signedBy":"0d2b1f0c7a110f9a","findingCount":1,"acknowledged":0,"findings":[{"kind":"SEAL_MISSING",\
            "object":"seals/default/0000000007-9f86d081884c7d65.jsonl","backupId":"019aa6a2-0000-7000-8000-000000000001",\
            "expected":"seal 7, sha256 9f86d081884c7d65...","found":"nothing"}]}""";

    private final SealChecks checks;
    private final Acknowledgements acknowledgements;
    private final Workspaces workspaces;

    SealCheckResource(SealChecks checks, Acknowledgements acknowledgements, Workspaces workspaces) {
        this.checks = checks;
        this.acknowledgements = acknowledgements;
        this.workspaces = workspaces;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Hold the chain of a workspace's seals against bucket and catalogue",
            description =
                    "Reads all seals and manifests, and archives unless that is not wanted, and changes nothing. It happens by itself once a day, without reading archives.")
    @APIResponse(responseCode = "202", description = "Accepted; Location is the report's address")
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    @APIResponse(responseCode = "409", description = "Another one of this workspace runs")
    public Response start(
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            @NotNull SealCheckRequest request,
            SecurityContext caller) {
        if (request.workspace() == null) {
            throw new ProblemException(ProblemType.INVALID, "workspace: which one?");
        }
        var noted = request.noted();
        if (noted != null && noted.sha256() == null) {
            throw new ProblemException(ProblemType.INVALID, "noted: a number and a sha256");
        }
        workspaces.named(request.workspace());
        var id = checks.request(
                request,
                new Asked(
                        caller.getUserPrincipal().getName(),
                        idempotencyKey,
                        idempotencyKey == null ? null : Fingerprint.of("seal-check", request)));
        return Response.accepted(one(id)).location(URI.create(ADDRESS + id)).build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The checks, the newest first")
    public Page<SealCheckView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = checks.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One check: what it found, at most 500 of it")
    @APIResponse(
            responseCode = "200",
            description = "The chain is as it was written when status is COMPLETED and findingCount is 0",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SealCheckView.class),
                            examples = @ExampleObject(name = "a seal was removed", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such check")
    public SealCheckView one(@PathParam("id") UUID id) {
        return checks.findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no check " + id));
    }

    @POST
    @Path("/{id}/acknowledgements")
    @RolesAllowed("operator")
    @Operation(
            summary = "Say of what a check found of an object that it is known, and why it may stay",
            description =
                    "It stays listed, with who said it and why, and is told no more. What is found otherwise later is another finding, and so is the same one after it was gone. A repetition is answered the same, with or without `Idempotency-Key`")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SealAcknowledgementRequest.class),
                            examples = @ExampleObject(name = "with a reason", value = """
                    {"object":"seals/default/notes.txt","reason":"put there by the storage's own tool"}""")))
    @APIResponse(responseCode = "200", description = "The check, with what is acknowledged of it")
    @APIResponse(responseCode = "400", description = "Without an object or a reason")
    @APIResponse(responseCode = "404", description = "There is no such check, or it found nothing of that object")
    @APIResponse(
            responseCode = "409",
            description =
                    "It is gone, a later check found it otherwise, or somebody acknowledged it for another reason")
    public SealCheckView acknowledge(
            @PathParam("id") UUID id, @NotNull SealAcknowledgementRequest request, SecurityContext caller) {
        one(id);
        var object = Printable.of(given("object", request.object(), SealFindings.LONGEST));
        var reason = Printable.of(given("reason", request.reason(), MAX_REASON).strip());
        var by = caller.getUserPrincipal().getName();
        acknowledgements.add(id, object, by, reason);
        AUDIT.infof("%s acknowledges what check %s of seals found of %s: %s", by, id, object, reason);
        return one(id);
    }

    private static String given(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new InvalidRequestException(field, "must be given, with at most " + longest + " characters");
        }
        return text;
    }
}
