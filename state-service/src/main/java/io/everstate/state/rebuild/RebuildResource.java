package io.everstate.state.rebuild;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.RebuildDifferenceView;
import io.everstate.contracts.view.RebuildView;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.platform.Watched;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/rebuilds")
@RunOnVirtualThread
@Tag(name = "Rebuilds")
final class RebuildResource {
    private static final Logger AUDIT = Logger.getLogger("audit");
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final RebuildService service;
    private final RebuildDifferences differences;

    RebuildResource(RebuildService service, RebuildDifferences differences) {
        this.service = service;
        this.differences = differences;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Fold the log a second time, beside the present projection",
            description = "ends COMPARED: nothing is switched by itself")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "with a reason",
                                            value = "{\"reason\":\"trades of a parked bot are missing\"}")))
    @APIResponse(
            responseCode = "202",
            description = "It began; its address says how far it is",
            content = @Content(schema = @Schema(implementation = RebuildView.class)))
    @APIResponse(responseCode = "400", description = "Without a reason")
    @APIResponse(responseCode = "409", description = "There is one already")
    public Response begin(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable RebuildRequest request,
            @Context SecurityContext security) {
        var reason = RebuildRequest.of(request).requiredReason();
        return accepted(service.begin(reason, security.getUserPrincipal().getName(), key));
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The newest 100, the newest first")
    public List<RebuildView> newest() {
        return service.newest();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "How far one is, and of how many bots the two projections differ")
    @APIResponse(responseCode = "404", description = "There is no such rebuild")
    public RebuildView rebuild(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return service.view(service.required(uuid(id)));
    }

    @GET
    @Path("/{id}/progress")
    @RolesAllowed("viewer")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The same as server-sent events, one a second",
            description = "ends when nothing more is done by itself: compared, switched, or over")
    @APIResponse(responseCode = "404", description = "There is no such rebuild")
    public Multi<RebuildView> progress(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        var watched = service.required(uuid(id)).id();
        return Watched.until(
                view -> !RebuildStatus.valueOf(view.status()).isWork(), () -> service.view(service.required(watched)));
    }

    @GET
    @Path("/{id}/differences")
    @RolesAllowed("viewer")
    @Operation(summary = "The bots that were not the same at one place of the log, when the two were compared last")
    @APIResponse(
            responseCode = "200",
            description = "A page in the order of the bots' ids; go on with `next` as `after`")
    @APIResponse(responseCode = "404", description = "There is no such rebuild")
    public Page<RebuildDifferenceView> differences(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "id of the last bot that is known", example = EXAMPLE_ID)
                    @QueryParam("after")
                    @Nullable
                    String after) {
        return differences.of(
                service.required(uuid(id)),
                PageLimit.of(limit),
                after == null ? null : new BotId(uuid("after", after)));
    }

    @POST
    @Path("/{id}/switch")
    @RolesAllowed("operator")
    @Operation(
            summary = "Let the rebuilt projection take the place of the first",
            description = "both are compared once more before; the first one is kept until it is confirmed")
    @RequestBody(
            content =
                    @Content(
                            examples = {
                                @ExampleObject(name = "when nothing differs", value = "{}"),
                                @ExampleObject(
                                        name = "although bots differ (admin)",
                                        value =
                                                "{\"acceptDifferences\":true,\"reason\":\"the first one was folded by a version with a defect\"}")
                            }))
    @APIResponse(responseCode = "202", description = "It is done next; its address says when")
    @APIResponse(responseCode = "403", description = "Only an admin accepts differences")
    @APIResponse(responseCode = "409", description = "Bots differ, or it is not compared")
    public Response switchOver(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id,
            @Nullable RebuildRequest request,
            @Context SecurityContext security) {
        return accepted(service.requestSwitch(uuid(id), accepted(id, RebuildRequest.of(request), security)));
    }

    private static @Nullable String accepted(String id, RebuildRequest request, SecurityContext security) {
        if (!request.acceptsDifferences()) {
            return null;
        }
        if (!security.isUserInRole("admin")) {
            throw new ProblemException(ProblemType.FORBIDDEN, "only an admin accepts differences");
        }
        var reason = request.requiredReason();
        AUDIT.infof(
                "%s accepts the differences of rebuild %s: %s",
                security.getUserPrincipal().getName(), id, reason);
        return reason;
    }

    @POST
    @Path("/{id}/rollback")
    @RolesAllowed("operator")
    @Operation(
            summary = "Let the first projection answer again",
            description = "it is folded on to the present place before; the rebuilt one is dropped")
    @APIResponse(responseCode = "202", description = "It is done next; its address says when")
    @APIResponse(responseCode = "409", description = "It is not switched, or what was kept is not usable any more")
    public Response rollBack(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return accepted(service.requestRollback(uuid(id)));
    }

    @POST
    @Path("/{id}/confirm")
    @RolesAllowed("admin")
    @Operation(summary = "Drop the first projection, which was kept; there is no way back then")
    @APIResponse(responseCode = "200", description = "It is gone")
    @APIResponse(responseCode = "409", description = "It is not switched")
    public RebuildView confirm(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return service.view(service.confirm(uuid(id)));
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed("operator")
    @Operation(summary = "Drop what was rebuilt so far")
    @APIResponse(responseCode = "200", description = "It is gone")
    @APIResponse(responseCode = "409", description = "It is switched, or ended")
    public RebuildView cancel(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return service.view(service.cancel(uuid(id)));
    }

    private Response accepted(Rebuild rebuild) {
        return Response.accepted(service.view(rebuild))
                .location(UriBuilder.fromPath("/api/v1/rebuilds/{id}").build(rebuild.id()))
                .build();
    }

    private static UUID uuid(String id) {
        return uuid("id", id);
    }

    private static UUID uuid(String field, String text) {
        return Invalid.uuid(field, text, "must be an id (a UUID)");
    }
}
