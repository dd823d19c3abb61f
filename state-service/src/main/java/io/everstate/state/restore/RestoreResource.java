package io.everstate.state.restore;

import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Watched;
import io.everstate.state.restore.record.RecoveryLog;
import io.everstate.state.restore.record.RecoverySteps;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
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
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/restores")
@RunOnVirtualThread
@Tag(name = "Restores")
final class RestoreResource {
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final Restores restores;
    private final RestoreJob job;
    private final RecoveryLog log;
    private final RecoverySteps steps;

    RestoreResource(Restores restores, RestoreJob job, RecoveryLog log, RecoverySteps steps) {
        this.restores = restores;
        this.job = job;
        this.log = log;
        this.steps = steps;
    }

    @POST
    @RolesAllowed("admin")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take bots back to a snapshot, to a time, or one bot to one of its events",
            description =
                    "by checkpoints that their owners append: holdings go back; configuration, lifecycle and emergency stops stay. With"
                            + " `dryRun` the same is looked up and nothing is changed")
    @RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(
                                        name = "one bot to a time, first without doing it",
                                        value = "{\"bot\":\"" + EXAMPLE_ID
                                                + "\",\"at\":\"2026-11-22T08:00:00Z\",\"dryRun\":true}"),
                                @ExampleObject(
                                        name = "all bots to the newest valid snapshot",
                                        value = "{\"snapshot\":\"newest\",\"restart\":true}")
                            }))
    @APIResponse(
            responseCode = "202",
            description = "Written down; `Location` tells how far it is",
            content = @Content(schema = @Schema(implementation = StateRestoreView.class)))
    @APIResponse(responseCode = "400", description = "Not one target, or a field that cannot be")
    @APIResponse(responseCode = "404", description = "There is no such snapshot, bot or component")
    @APIResponse(
            responseCode = "409",
            description =
                    "Bots need each other in a circle, another restore is not finished, or the key was used for another")
    @APIResponse(
            responseCode = "503",
            description =
                    "A backup is required and there is none, or nobody answers: nothing was written down; try again with the same key")
    public Response restore(
            @Nullable StateRestoreRequest request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context SecurityContext security) {
        if (request == null) {
            throw Invalid.field("snapshot", "or at, or sequence must be given");
        }
        var begun = restores.begin(request, security.getUserPrincipal().getName(), key);
        job.goOnSoon();
        return Response.accepted(begun.view())
                .location(UriBuilder.fromPath("/api/v1/restores/{id}")
                        .build(begun.view().id()))
                .build();
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed("admin")
    @Operation(
            summary = "End a restore before the bots whose turn has not come",
            description =
                    "they stay what they are; one that is begun is brought to its end; those that were stopped for it are started again")
    @APIResponse(
            responseCode = "202",
            description = "Written down; the restore tells when it has ended, and which bots were restored until then",
            content = @Content(schema = @Schema(implementation = StateRestoreView.class)))
    @APIResponse(responseCode = "404", description = "There is no such restore")
    @APIResponse(responseCode = "409", description = "It has ended already")
    public Response cancel(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id, @Context SecurityContext security) {
        var cancelled = restores.cancel(uuid(id), security.getUserPrincipal().getName());
        job.goOnSoon();
        return Response.accepted(cancelled.view()).build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Restores, and what starts of the service found, the newest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    public Page<StateRestoreView> newest(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(example = "41") @QueryParam("after") @Nullable String after) {
        return log.page(PageLimit.of(limit), after == null ? Long.MAX_VALUE : number(after));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One restore: how far it is, from which rung, what was lost, and what failed")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    public StateRestoreView one(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return log.known(uuid(id)).view();
    }

    @GET
    @Path("/{id}/progress")
    @RolesAllowed("viewer")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same as server-sent events, one a second, until it has ended")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    public Multi<StateRestoreView> progress(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        var watched = log.known(uuid(id)).view().id();
        return Watched.until(
                view -> view.status() != StateRestoreView.Status.RUNNING,
                () -> log.known(watched).view());
    }

    @GET
    @Path("/{id}/bots")
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "The bots of a restore in its order: what they were, what they go back to, and the fields that differ")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "404", description = "There is no such restore")
    public Page<BotRestoreView> bots(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(example = "99") @QueryParam("after") @Nullable String after) {
        var place = after == null ? -1 : Math.toIntExact(Math.clamp(number(after), -1, Integer.MAX_VALUE));
        return steps.page(log.known(uuid(id)), PageLimit.of(limit), place);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Invalid.field("after", "must be the next of the page before (a whole number)");
        }
    }

    private static UUID uuid(String id) {
        return Invalid.uuid("id", id, "must be a restore's id (a UUID)");
    }
}
