package io.everstate.bot.fleet;

import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.replica.PeerGateway;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.ClearEmergency;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Bots, at any replica: what another one owns is passed on to it. A 2xx means that the event counts. */
@Path("/api/v1/bots")
@RunOnVirtualThread
class BotsResource {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String SEQUENCE = "Everstate-Sequence";
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int STANDARD_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_KEY = 200;

    private final Fleet fleet;
    private final FleetService service;
    private final BotConfigurations configurations;
    private final PeerGateway peers;
    private final JsonFormat json;
    private final Clock clock;

    BotsResource(
            Fleet fleet,
            FleetService service,
            BotConfigurations configurations,
            PeerGateway peers,
            JsonFormat json,
            Clock clock) {
        this.fleet = fleet;
        this.service = service;
        this.configurations = configurations;
        this.peers = peers;
        this.json = json;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "All bots by id, a page at a time")
    public Page<BotState> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context HttpHeaders headers) {
        var page = PageRequest.of(limit, STANDARD_PAGE, LARGEST_PAGE, after);
        return service.list(page.limit(), page.after(), headers.getHeaderString(HttpHeaders.AUTHORIZATION));
    }

    @POST
    @RolesAllowed("operator")
    @Operation(summary = "Make a bot; it is stopped at first")
    public Response create(
            @Valid @NotNull CreateBotRequest request,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            @Context SecurityContext security,
            @Context HttpHeaders headers) {
        requireKept(key);
        var configuration = configurations.valid(request);
        var effectiveKey = key == null ? BotIds.of(null, "", clock).toString() : key;
        var bot = BotIds.of(effectiveKey, security.getUserPrincipal().getName(), clock);
        var forward = new Forward(
                "POST",
                "/api/v1/bots",
                headers.getHeaderString(HttpHeaders.AUTHORIZATION),
                effectiveKey,
                json.write(request));
        return atOwner(bot, headers, forward, () -> {
            var result = fleet.ownerships().execute(bot, new CreateBot(configuration), effectiveKey);
            return respond(CREATED, result)
                    .location(URI.create("/api/v1/bots/" + bot))
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "One bot, as its owner has it")
    public Response one(@PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri) {
        var bot = botId(id);
        return atOwner(
                bot,
                headers,
                forward("GET", uri, headers),
                () -> Response.ok(fleet.ownerships().find(bot).orElseThrow(() -> unknown(bot)))
                        .build());
    }

    @POST
    @Path("/{id}/start")
    @RolesAllowed("operator")
    @Operation(summary = "Let a stopped bot trade")
    public Response start(
            @PathParam("id") String id,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return command(id, new StartBot(), key, headers, uri);
    }

    @POST
    @Path("/{id}/stop")
    @RolesAllowed("operator")
    @Operation(summary = "End a bot's run; its positions stay")
    public Response stop(
            @PathParam("id") String id,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return command(id, new StopBot(StopReason.COMMAND), key, headers, uri);
    }

    @POST
    @Path("/{id}/force-save")
    @RolesAllowed("operator")
    @Operation(summary = "Append a checkpoint with the newest prices now")
    public Response forceSave(
            @PathParam("id") String id,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return command(id, fleet.checkpoint(botId(id), "force-save"), key, headers, uri);
    }

    @POST
    @Path("/{id}/clear-emergency")
    @RolesAllowed("operator")
    @Operation(summary = "Say that a person has looked; the bot can be started again")
    public Response clearEmergency(
            @PathParam("id") String id,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context SecurityContext security) {
        var who = security.getUserPrincipal().getName();
        return command(id, new ClearEmergency("cleared by " + who), key, headers, uri);
    }

    private Response command(String id, BotCommand command, @Nullable String key, HttpHeaders headers, UriInfo uri) {
        var bot = botId(id);
        requireKept(key);
        return atOwner(
                bot,
                headers,
                forward("POST", uri, headers),
                () -> respond(OK, fleet.ownerships().execute(bot, command, key)).build());
    }

    /** The newest keys are part of a bot's state, which must stay small enough for one record of the log. */
    private static void requireKept(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new InvalidException(
                    List.of(new Violation(IDEMPOTENCY_KEY, "must have between 1 and " + LONGEST_KEY + " characters")));
        }
    }

    private Response atOwner(BotId bot, HttpHeaders headers, Forward forward, Supplier<Response> here) {
        if (fleet.ownerships().owns(bot)) {
            return here.get();
        }
        if (headers.getHeaderString(PeerGateway.HOP) != null) {
            throw new NotOwnerException("the bot's partition is not owned here");
        }
        return relay(peers.call(fleet.ownerships().partitionOf(bot), forward));
    }

    private static Response relay(HttpResponse<byte[]> answer) {
        var response = Response.status(answer.statusCode()).entity(answer.body());
        for (var header : new String[] {"Content-Type", "Location", SEQUENCE, "Retry-After"}) {
            answer.headers().firstValue(header).ifPresent(value -> response.header(header, value));
        }
        return response.build();
    }

    private static Forward forward(String method, UriInfo uri, HttpHeaders headers) {
        return new Forward(
                method,
                uri.getRequestUri().getRawPath(),
                headers.getHeaderString(HttpHeaders.AUTHORIZATION),
                headers.getHeaderString(IDEMPOTENCY_KEY),
                null);
    }

    private static Response.ResponseBuilder respond(int status, CommandResult result) {
        return Response.status(status).entity(result.state()).header(SEQUENCE, result.sequence());
    }

    private static BotId botId(String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no bot " + text, e);
        }
    }

    private static ProblemException unknown(BotId bot) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no such bot: " + bot);
    }
}
