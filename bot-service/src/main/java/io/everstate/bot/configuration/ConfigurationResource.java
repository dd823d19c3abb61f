package io.everstate.bot.configuration;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.ConfigurationVersion;
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
    private final ConfigurationChange change;
    private final JsonFormat json;

    ConfigurationResource(
            OwnerCalls calls, BotConfigurations configurations, ConfigurationChange change, JsonFormat json) {
        this.calls = calls;
        this.change = change;
        this.configurations = configurations;
        this.json = json;
    }

    /** The newest versions, the oldest first. */
    record VersionsView(List<ConfigurationVersion> items) {}

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The present configuration; its ETag goes into a change's If-Match")
    public Response present(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(
                id,
                Call.of(request),
                state -> ConfigurationChange.tagged(state.configurationVersion(), state.configurationVersion()));
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
        var by = security.getUserPrincipal().getName();
        return change.carryOut(bot, by, call, state -> configurations.changed(hosted(state), wanted));
    }

    private static BotConfiguration hosted(BotState state) {
        if (!state.hosted()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the bot runs elsewhere; configure it at /api/v1/external-bots/%s/configuration"
                            .formatted(state.id()));
        }
        return state.configuration();
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
}
