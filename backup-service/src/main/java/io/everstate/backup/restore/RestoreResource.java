package io.everstate.backup.restore;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RollbackRequest;
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
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/restores")
@Tag(name = "Restores")
final class RestoreResource {
    private final RestoreService service;
    private final Restores restores;
    private final Differences differences;

    RestoreResource(RestoreService service, Restores restores, Differences differences) {
        this.service = service;
        this.restores = restores;
        this.differences = differences;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Put files of a backup back",
            description =
                    "Without paths all that the archive holds. Files that the archive does not hold stay as they are. A dry run"
                            + " reads and verifies all that the restore would, writes nothing, and says what it would do.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RestoreRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "one file",
                                        value =
                                                "{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"paths\":[\"logs/bot_state.json\"]}"),
                                @ExampleObject(
                                        name = "configuration into another directory",
                                        value =
                                                "{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"categories\":[\"CONFIG\"],\"to\":\"look/monday\"}"),
                                @ExampleObject(
                                        name = "what is left of a damaged one",
                                        value =
                                                "{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"bestEffort\":true}"),
                                @ExampleObject(
                                        name = "what all of it would change",
                                        value =
                                                "{\"backupId\":\"019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11\",\"dryRun\":true}")
                            }))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the restore's address")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    @APIResponse(
            responseCode = "409",
            description = "The backup is not completed, or is encrypted and no secret key is here")
    @APIResponse(responseCode = "422", description = "The backup is corrupted, and no best effort is asked for")
    public Response restore(
            @NotNull RestoreRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        if (request.backupId() == null) {
            throw new InvalidRequestException("backupId", "must be given");
        }
        if (request.paths() != null && request.paths().isEmpty()) {
            throw new InvalidRequestException("paths", "must name a file, or be left out for all");
        }
        if (request.paths() != null && request.paths().stream().anyMatch(RestoreResource::namesNothing)) {
            throw new InvalidRequestException("paths", "must hold names of files and directories only");
        }
        checkCategories(request);
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : fingerprint(request));
        var options = RestoreOptions.of(request);
        var id = service.request(request.backupId(), request.paths(), options, asked);
        return Response.accepted(one(id))
                .location(URI.create("/api/v1/restores/" + id))
                .build();
    }

    @POST
    @Path("/{id}/rollbacks")
    @RolesAllowed("operator")
    @Operation(
            summary = "Take a restore back",
            description =
                    "A restore of its own: what the first one replaced comes back from its safety backup, and what it added goes, but"
                            + " for what was written since, which report.removal names. Where something that was written since would be"
                            + " replaced, nothing comes back unless overwriteWritten is true. A rollback is taken back as any other restore.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RollbackRequest.class),
                            examples = {
                                @ExampleObject(name = "do it", value = "{}"),
                                @ExampleObject(
                                        name = "also over what was written since",
                                        value = "{\"overwriteWritten\":true}"),
                                @ExampleObject(name = "what it would change", value = "{\"dryRun\":true}")
                            }))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the address of the restore that does it")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    @APIResponse(
            responseCode = "409",
            description =
                    "It is not finished, changed nothing, has no safety backup, was rolled back already, or a later one"
                            + " put back the same files")
    public Response rollback(
            @PathParam("id") UUID id,
            @Nullable RollbackRequest body,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var request = Objects.requireNonNullElse(body, new RollbackRequest(null, null, null));
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : fingerprint(id, request));
        var accepted = service.rollback(id, request, asked);
        return Response.accepted(one(accepted))
                .location(URI.create("/api/v1/restores/" + accepted))
                .build();
    }

    /** What was asked for without options keeps the fingerprint that it had before there were any. */
    private static String fingerprint(RestoreRequest request) {
        return new RestoreRequest(request.backupId(), request.paths()).equals(request)
                ? Fingerprint.of(request.backupId(), request.paths())
                : Fingerprint.of(request);
    }

    private static String fingerprint(UUID restore, RollbackRequest request) {
        return request.overwriteWritten() == null
                ? Fingerprint.of("rollback", restore, request.dryRun(), request.rollbackOnInvalid())
                : Fingerprint.of(
                        "rollback", restore, request.dryRun(), request.rollbackOnInvalid(), request.overwriteWritten());
    }

    private static void checkCategories(RestoreRequest request) {
        var categories = request.categories();
        if (categories == null) {
            return;
        }
        if (request.paths() != null) {
            throw new InvalidRequestException("categories", "must not be given with paths");
        }
        if (categories.isEmpty() || categories.contains(null)) {
            throw new InvalidRequestException("categories", "must name one, or be left out for all");
        }
    }

    private static boolean namesNothing(@Nullable String path) {
        return path == null || path.isBlank() || path.indexOf('\0') >= 0;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The restores, the newest first")
    public Page<RestoreView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = restores.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One restore, with its step while it runs")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    public RestoreView one(@PathParam("id") UUID id) {
        return restores.findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no restore " + id));
    }

    @GET
    @Path("/{id}/differences")
    @RolesAllowed("viewer")
    @Operation(summary = "What a dry run found that the restore would do with each path, by path")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    public Page<RestoreDifference> differences(
            @PathParam("id") UUID id,
            @QueryParam("effect") @Nullable Effect effect,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("after") @Nullable String after) {
        one(id);
        var found = differences.page(id, effect, after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().path());
    }
}
