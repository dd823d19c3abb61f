package io.everstate.state.query;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.ConfigurationView;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SystemStateView;
import io.everstate.state.listing.BotList;
import io.everstate.state.listing.BotListRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "System")
final class SystemResource {
    private final SystemQueries queries;
    private final BotList list;

    SystemResource(SystemQueries queries, BotList list) {
        this.queries = queries;
        this.list = list;
    }

    @GET
    @Path("/system-state")
    @Operation(summary = "The system in one look")
    @APIResponse(
            responseCode = "200",
            description = "Sums over all bots; `lag` is -1 while the log does not answer",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "five bots", value = """
                    {"at":"2026-11-22T12:00:00Z","version":"0.1.0","startedAt":"2026-11-22T08:00:00Z","uptime":"PT4H",
                     "serverRestarts":3,"bots":5,"running":3,"byStatus":{"RUNNING":3,"STOPPED":2},"byKind":{"TRADING":5},
                     "defaultArbitrageBot":true,"emergencyStopped":0,"trades":1841,"totalProfit":"12.75","restarts":1,
                     "newestSnapshot":{"id":"0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55","kind":"FULL","takenAt":"2026-11-22T11:00:00Z",
                     "valid":true},"lag":0}""")))
    @APIResponse(responseCode = "503", description = "The database does not answer; try again")
    public SystemStateView systemState() {
        return queries.systemState();
    }

    @GET
    @Path("/configurations")
    @Operation(summary = "Which configuration each bot has: its version and its hash, the oldest bot first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    public Page<ConfigurationView> configurations(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "`next` of the page before") @QueryParam("after") @Nullable String after) {
        var page = list.page(BotListRequest.all(limit, after));
        return new Page<>(
                page.items().stream().map(SystemResource::configuration).toList(), page.next());
    }

    private static ConfigurationView configuration(BotState bot) {
        var version = bot.configurationVersion();
        return new ConfigurationView(
                bot.id(),
                bot.configuration().name(),
                bot.lifecycle().status().name(),
                version.number(),
                version.hash());
    }
}
