package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.platform.Fingerprint;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.backup.retention.RetentionPlan.Deleted;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.RetentionPlanView;
import io.everstate.contracts.backup.RetentionRequest;
import io.everstate.contracts.backup.RetentionRunView;
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
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Tag(name = "Retention")
final class RetentionResource {
    private static final int MAX_REASON = 500;

    private final RetentionService service;
    private final RetentionRuns runs;
    private final Retention retention;
    private final Workspaces workspaces;
    private final Clock clock;

    RetentionResource(
            RetentionService service, RetentionRuns runs, Retention retention, Workspaces workspaces, Clock clock) {
        this.service = service;
        this.runs = runs;
        this.retention = retention;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @GET
    @Path("/retention-plans/{workspace}")
    @RolesAllowed("viewer")
    @Operation(
            summary = "What a clean-up would do now with each backup, and why; changes nothing",
            description = "With backupId: what would become of a request to give up that one.")
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    public RetentionPlanView plan(
            @PathParam("workspace") String workspace, @QueryParam("backupId") @Nullable UUID backupId) {
        workspaces.named(workspace);
        var plan = retention.plan(new Wanted(workspace, backupId, backupId == null ? null : "a plan"));
        var decisions =
                plan.decisions().stream().map(RetentionResource::decision).toList();
        return new RetentionPlanView(workspace, clock.instant(), decisions, plan.good(), plan.refusal());
    }

    private static RetentionPlanView.Decision decision(RetentionPlan.Decision decision) {
        var point = decision.point();
        return new RetentionPlanView.Decision(
                point.id(),
                point.kind(),
                point.recordedAt(),
                point.good(),
                decision instanceof Deleted,
                decision.why(),
                decision instanceof Deleted deleted ? deleted.remains() : null);
    }

    @POST
    @Path("/retention-runs")
    @RolesAllowed("admin")
    @Operation(
            summary = "Clean up the backups of a workspace, or give up one of them",
            description =
                    "Planned anew and executed, or refused, in one piece. What is given up cannot be had back. One backup goes only if"
                            + " a younger good one stands for it, nothing needs it and it is not pinned.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RetentionRequest.class),
                            examples = {
                                @ExampleObject(name = "one workspace", value = "{\"workspace\":\"default\"}"),
                                @ExampleObject(
                                        name = "one backup",
                                        value =
                                                "{\"workspace\":\"default\",\"backupId\":\"019aa0a0-0000-7000-8000-000000000001\",\"reason\":\"holds a key\"}")
                            }))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the run's address")
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    public Response run(
            @NotNull RetentionRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String idempotencyKey,
            SecurityContext caller) {
        var wanted = wanted(request);
        var asked = new Asked(
                caller.getUserPrincipal().getName(),
                idempotencyKey,
                idempotencyKey == null ? null : Fingerprint.of(wanted));
        var id = service.request(wanted, asked);
        return Response.accepted(one(id))
                .location(URI.create("/api/v1/retention-runs/" + id))
                .build();
    }

    private static Wanted wanted(RetentionRequest request) {
        if (request.workspace() == null) {
            throw new InvalidRequestException("workspace", "must be given");
        }
        var reason = request.reason() == null ? "" : request.reason().strip();
        if ((request.backupId() == null) != reason.isEmpty()
                || reason.length() > MAX_REASON
                || reason.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "reason",
                    "must be given with a backupId and only then, with at most " + MAX_REASON + " characters");
        }
        return new Wanted(request.workspace(), request.backupId(), request.backupId() == null ? null : reason);
    }

    @GET
    @Path("/retention-runs")
    @RolesAllowed("viewer")
    @Operation(summary = "The clean-ups, the newest first")
    public Page<RetentionRunView> list(
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(500) int limit,
            @QueryParam("after") @Nullable UUID after) {
        var found = runs.page(after, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, items.getLast().id().toString());
    }

    @GET
    @Path("/retention-runs/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One clean-up")
    @APIResponse(responseCode = "404", description = "There is no such clean-up")
    public RetentionRunView one(@PathParam("id") UUID id) {
        return runs.findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no clean-up " + id));
    }
}
