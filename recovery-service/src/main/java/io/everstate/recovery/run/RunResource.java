package io.everstate.recovery.run;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.view.Page;
import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.platform.PageCut;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** A disaster and the run against it are stored together, and read here side by side. */
@Path("/api/v1")
@RunOnVirtualThread
class RunResource {
    private static final String JSON = "application/json";
    private static final String RUN = """
            {"id": "0190f5c2-7b1e-7c3a-9d54-1f0a6b2c3d4e", "disasterId": "0190f5c2-7b1d-7aa1-8f11-2a3b4c5d6e7f",
              "type": "CONFIG_LOSS", "subject": "default", "status": "RUNNING", "startedAt": "2026-11-21T10:15:30Z",
              "estimatedMinutes": 10,
              "steps": [{"number": 1, "name": "Stop the bots", "status": "DONE", "startedAt": "2026-11-21T10:15:30Z",
                "finishedAt": "2026-11-21T10:15:31Z", "attempts": 1, "outcome": "stopped 5 running bots"}]}""";
    private static final String RUNS = "{\"items\": [" + RUN + "]}";
    private static final String DISASTERS = """
            {"items": [{"id": "0190f5c2-7b1d-7aa1-8f11-2a3b4c5d6e7f", "type": "CONFIG_LOSS", "severity": 5,
              "subject": "default", "beganAt": "2026-11-21T10:15:26Z", "detectedAt": "2026-11-21T10:15:30Z",
              "evidence": [{"signal": "inspection of .env", "finding": "MISSING", "at": "2026-11-21T10:15:30Z"}],
              "runId": "0190f5c2-7b1e-7c3a-9d54-1f0a6b2c3d4e"}]}""";

    private final RunStore store;
    private final RunViews views;

    RunResource(RunStore store, Plans plans) {
        this.store = store;
        this.views = new RunViews(plans);
    }

    @GET
    @Path("/disasters")
    @RolesAllowed("viewer")
    @Operation(summary = "Disasters that were detected, the newest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = JSON, examples = @ExampleObject(name = "lost file", value = DISASTERS)))
    public Page<DisasterView> disasters(
            @Parameter(description = "1 to 1000", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next of the page before") @QueryParam("after") @Nullable String after) {
        return PageCut.of(
                store::newest, limit, after, Run::id, run -> run.disaster().view());
    }

    @GET
    @Path("/runs")
    @RolesAllowed("viewer")
    @Operation(summary = "Runs of the plans, the newest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = JSON, examples = @ExampleObject(name = "under way", value = RUNS)))
    public Page<RunView> runs(
            @Parameter(description = "1 to 1000", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next of the page before") @QueryParam("after") @Nullable String after) {
        return PageCut.of(store::newest, limit, after, Run::id, views::of);
    }

    @GET
    @Path("/runs/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One run with its steps")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = JSON, examples = @ExampleObject(name = "under way", value = RUN)))
    public RunView run(@PathParam("id") UUID id) {
        return store.find(id)
                .map(views::of)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no run " + id));
    }
}
