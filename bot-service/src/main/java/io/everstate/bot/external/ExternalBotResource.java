package io.everstate.bot.external;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.configuration.ConfigurationChange;
import io.everstate.bot.configuration.ConfigurationChange.Changed;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.TokenIssued;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What operators see of one bot that runs elsewhere, and decide about it. */
@Path("/api/v1/external-bots/{id}")
@RunOnVirtualThread
class ExternalBotResource {
    private static final int OK = 200;

    private final OwnerCalls calls;
    private final ExternalConfigurations configurations;
    private final ConfigurationChange change;
    private final Heartbeats heartbeats;
    private final JsonFormat json;

    ExternalBotResource(
            OwnerCalls calls,
            ExternalConfigurations configurations,
            ConfigurationChange change,
            Heartbeats heartbeats,
            JsonFormat json) {
        this.calls = calls;
        this.configurations = configurations;
        this.change = change;
        this.heartbeats = heartbeats;
        this.json = json;
    }

    /** @param heartbeat the newest that was heard; the state has the newest that was recorded */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExternalBotView(BotState bot, @Nullable Heartbeat heartbeat) {}

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "One bot that runs elsewhere, with its newest heartbeat")
    public Response one(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(
                id,
                Call.of(request),
                state -> Response.ok(view(external(state))).build());
    }

    private ExternalBotView view(BotState bot) {
        return new ExternalBotView(bot, heartbeats.newest(bot).orElse(null));
    }

    private static BotState external(BotState bot) {
        if (bot.hosted()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "bot %s is hosted here; it is at /api/v1/bots/%s".formatted(bot.id(), bot.id()));
        }
        return bot;
    }

    @PUT
    @Path("/configuration")
    @RolesAllowed("operator")
    @Operation(summary = "Configure the bot anew as a whole; If-Match names the version that was read")
    public Response configure(
            @PathParam("id") String id,
            @Valid @NotNull ExternalBotRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        var call = Call.of(request).with(json.write(wanted));
        var by = security.getUserPrincipal().getName();
        return change.carryOut(
                bot,
                by,
                call,
                state -> new Changed(
                        configurations.valid(external(state).id(), wanted, call.authorization()), List.of()));
    }

    @POST
    @Path("/token")
    @RolesAllowed("operator")
    @Operation(summary = "Give the bot another token; the one before is dead as soon as this is answered")
    public Response rotate(
            @PathParam("id") String id, @Context SecurityContext security, @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        var call = Call.of(request);
        var by = security.getUserPrincipal().getName();
        return calls.at(bot, call, () -> rotated(bot, by, call));
    }

    private Response rotated(BotId bot, String by, Call call) {
        external(calls.present(bot));
        var token = BotCredential.mint(bot);
        var command = new RecordExternally(new TokenIssued(BotCredential.hash(token), by));
        var result = calls.execute(bot, command, call.idempotencyKey());
        return IssuedToken.of(result.state(), token)
                .answer(OK, result.sequence())
                .build();
    }
}
