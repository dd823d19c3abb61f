package io.everstate.bot.external;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.registry.BotIds;
import io.everstate.contracts.bot.BotCommand.CreateExternalBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Registers bots that run elsewhere. */
@Path("/api/v1/external-bots")
@RunOnVirtualThread
class ExternalBotsResource {
    static final String PATH = "/api/v1/external-bots/";
    private static final int CREATED = 201;

    private final OwnerCalls calls;
    private final ExternalConfigurations configurations;
    private final JsonFormat json;
    private final Clock clock;

    ExternalBotsResource(OwnerCalls calls, ExternalConfigurations configurations, JsonFormat json, Clock clock) {
        this.calls = calls;
        this.configurations = configurations;
        this.json = json;
        this.clock = clock;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(summary = "Register a bot that runs elsewhere; the answer has its token, this once")
    public Response register(
            @Valid @NotNull ExternalBotRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var sent = Call.of(request);
        var key = Objects.requireNonNullElseGet(
                sent.idempotencyKey(), () -> BotIds.of(null, "", clock).toString());
        var bot = BotIds.of(key, security.getUserPrincipal().getName(), clock);
        var configuration = configurations.valid(bot, wanted, sent.authorization());
        return calls.at(bot, sent.keyed(key).with(json.write(wanted)), () -> registered(bot, configuration, key));
    }

    private Response registered(BotId bot, BotConfiguration configuration, String key) {
        var token = BotCredential.mint(bot);
        var command = new CreateExternalBot(configuration, BotCredential.hash(token));
        var result = calls.execute(bot, command, key);
        return IssuedToken.of(result.state(), token)
                .answer(CREATED, result.sequence())
                .location(URI.create(PATH + bot))
                .build();
    }
}
