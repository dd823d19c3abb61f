package io.everstate.bot.registry;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.configuration.BotConfigurations;
import io.everstate.bot.configuration.CreateBotRequest;
import io.everstate.bot.critical.CriticalChanges;
import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.fleet.FleetService;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.DeleteBot;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Bots, at any replica: what another one owns is passed on to it. A 2xx means that the event counts. */
@Path("/api/v1/bots")
@RunOnVirtualThread
class BotsResource {
    private static final String DEGRADED = "Everstate-Degraded";
    private static final int CREATED = 201;
    private static final int STANDARD_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Fleet fleet;
    private final FleetService service;
    private final OwnerCalls calls;
    private final CriticalChanges critical;
    private final BotConfigurations configurations;
    private final JsonFormat json;
    private final Clock clock;

    BotsResource(
            Fleet fleet,
            FleetService service,
            OwnerCalls calls,
            CriticalChanges critical,
            BotConfigurations configurations,
            JsonFormat json,
            Clock clock) {
        this.fleet = fleet;
        this.service = service;
        this.calls = calls;
        this.critical = critical;
        this.configurations = configurations;
        this.json = json;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "All bots by id, a page at a time",
            description =
                    "with header Everstate-Degraded and field degraded where some are shown from local checkpoints")
    @APIResponseSchema(Page.class)
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context ContainerRequestContext request) {
        var page = PageRequest.of(limit, STANDARD_PAGE, LARGEST_PAGE, after);
        var bots = service.list(page.limit(), page.after(), Call.of(request).authorization());
        return Response.ok(bots)
                .header(DEGRADED, bots.degraded() == null ? null : true)
                .build();
    }

    @POST
    @RolesAllowed("operator")
    @Operation(summary = "Make a bot; it is stopped at first")
    public Response create(
            @Valid @NotNull CreateBotRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var configuration = configurations.valid(wanted);
        var sent = Call.of(request);
        var key = Objects.requireNonNullElseGet(
                sent.idempotencyKey(), () -> BotIds.of(null, "", clock).toString());
        var bot = BotIds.of(key, security.getUserPrincipal().getName(), clock);
        return calls.at(
                bot,
                sent.keyed(key).with(json.write(wanted)),
                () -> OwnerCalls.granted(CREATED, calls.execute(bot, new CreateBot(configuration), key))
                        .location(URI.create("/api/v1/bots/" + bot))
                        .build());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One bot, as its owner has it")
    public Response one(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(id, Call.of(request), calls::shown);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("admin")
    @Operation(summary = "Delete a bot that does not run; its history stays, its name can be used again")
    public Response delete(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        var call = Call.of(request);
        var by = nameOf(security);
        return critical.carryOut(
                "bot " + OwnerCalls.botId(id) + " is deleted",
                by,
                call,
                () -> calls.command(id, call, new DeleteBot(by)));
    }

    @POST
    @Path("/{id}/start")
    @RolesAllowed("operator")
    @Operation(summary = "Let a stopped bot trade")
    public Response start(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return critical.carryOut(
                "bot " + OwnerCalls.botId(id) + " is started",
                nameOf(security),
                Call.of(request),
                () -> act(Action.START, id, security, request));
    }

    @POST
    @Path("/{id}/stop")
    @RolesAllowed("operator")
    @Operation(summary = "End a bot's run; its positions stay")
    public Response stop(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return act(Action.STOP, id, security, request);
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed("operator")
    @Operation(summary = "Let a running bot wait until it is resumed, also over restarts")
    public Response pause(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return act(Action.PAUSE, id, security, request);
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed("operator")
    @Operation(summary = "Let a paused bot trade on")
    public Response resume(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return act(Action.RESUME, id, security, request);
    }

    @POST
    @Path("/{id}/force-save")
    @RolesAllowed("operator")
    @Operation(summary = "Append a checkpoint with the newest prices now")
    public Response forceSave(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return act(Action.FORCE_SAVE, id, security, request);
    }

    @POST
    @Path("/{id}/clear-emergency")
    @RolesAllowed("operator")
    @Operation(summary = "Say that a person has looked; the bot can be started again")
    public Response clearEmergency(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        return act(Action.CLEAR_EMERGENCY, id, security, request);
    }

    private Response act(Action action, String id, SecurityContext security, ContainerRequestContext request) {
        var command = action.command(OwnerCalls.botId(id), fleet, nameOf(security));
        return calls.command(id, Call.of(request), command);
    }

    private static String nameOf(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }
}
