package io.everstate.bot.registry;

import io.everstate.bot.ownership.RefusedException;
import io.everstate.contracts.bot.BotCommand.ConfigureBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A bot's configuration and its versions. A change names the version that it was made for, by its ETag. */
@Path("/api/v1/bots/{id}/configuration")
@RunOnVirtualThread
class ConfigurationResource {
    private final OwnerCalls calls;
    private final BotConfigurations configurations;
    private final JsonFormat json;

    ConfigurationResource(OwnerCalls calls, BotConfigurations configurations, JsonFormat json) {
        this.calls = calls;
        this.configurations = configurations;
        this.json = json;
    }

    /** @param warnings what was asked for and not done */
    record ConfiguredView(ConfigurationVersion present, List<String> warnings) {}

    /** The newest versions, the oldest first. */
    record VersionsView(List<ConfigurationVersion> items) {}

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The present configuration; its ETag goes into a change's If-Match")
    public Response present(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(
                id, Call.of(request), state -> tagged(state.configurationVersion(), state.configurationVersion()));
    }

    @PUT
    @RolesAllowed("operator")
    @Operation(summary = "Configure a bot anew; a running one goes on with it from its next bar")
    public Response configure(
            @PathParam("id") String id,
            @Valid @NotNull ConfigureBotRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        var call = Call.of(request).with(json.write(wanted));
        if (call.ifMatch() == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED, "send If-Match with the ETag of the configuration you changed");
        }
        var by = security.getUserPrincipal().getName();
        return calls.at(bot, call, () -> configured(bot, wanted, by, call));
    }

    private Response configured(BotId bot, ConfigureBotRequest wanted, String by, Call call) {
        var state = calls.present(bot);
        var changed = configurations.changed(state.configuration(), wanted);
        var command = new OnlyIf(
                now -> now != null && tagOf(now.configurationVersion()).equals(call.ifMatch()),
                new ConfigureBot(changed.configuration(), by));
        try {
            var present =
                    calls.execute(bot, command, call.idempotencyKey()).state().configurationVersion();
            return tagged(present, new ConfiguredView(present, changed.warnings()));
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.SUPERSEDED ? changedSince(state, e) : e;
        }
    }

    private static ProblemException changedSince(BotState state, RefusedException cause) {
        return new ProblemException(
                ProblemType.PRECONDITION_FAILED,
                "the configuration's ETag is " + tagOf(state.configurationVersion()) + " now; read it again",
                cause);
    }

    @GET
    @Path("/versions")
    @RolesAllowed("viewer")
    @Operation(summary = "The newest versions of the configuration: when, by whom, hash")
    public Response versions(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(
                id,
                Call.of(request),
                state -> Response.ok(new VersionsView(state.configurations())).build());
    }

    @GET
    @Path("/differences")
    @RolesAllowed("viewer")
    @Operation(summary = "What changed from one version to another")
    public Response differences(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context ContainerRequestContext request) {
        return calls.read(
                id,
                Call.of(request),
                state -> Response.ok(ConfigurationDifferences.between(
                                ConfigurationDifferences.version(state, "from", from),
                                ConfigurationDifferences.version(state, "to", to)))
                        .build());
    }

    private static Response tagged(ConfigurationVersion version, Object body) {
        return Response.ok(body).header(HttpHeaders.ETAG, tagOf(version)).build();
    }

    /** Number and hash: a checkpoint that carries an older state may use a number again. */
    static String tagOf(ConfigurationVersion version) {
        return "\"%d-%s\"".formatted(version.number(), version.hash().substring(0, 12));
    }
}
