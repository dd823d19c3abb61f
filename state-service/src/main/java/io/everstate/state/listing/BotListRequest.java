package io.everstate.state.listing;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a list, as they were sent. */
public record BotListRequest(
        @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable
        String limit,

        @Parameter(description = "`next` of the page before; in a list by ids also any bot's id")
        @QueryParam("after")
        @Nullable
        String after,

        @Parameter(
                description = "id, name, profit, trades or lastActivity, with a - in front for descending",
                example = "-profit")
        @QueryParam("sort")
        @Nullable
        String sort,

        @Parameter(description = "RUNNING, STOPPED, PAUSED or DELETED", example = "RUNNING")
        @QueryParam("status")
        @Nullable
        String status,

        @Parameter(description = "TRADING or EXTERNAL", example = "TRADING") @QueryParam("kind") @Nullable
        String kind,

        @Parameter(example = "sma-cross") @QueryParam("strategy") @Nullable
        String strategy,

        @Parameter(description = "whether they are in emergency stop", example = "false")
        @QueryParam("emergency")
        @Nullable
        String emergency,

        @Parameter(description = "name:value; more of them: bots that have them all", example = "env:prod")
        @QueryParam("label")
        List<String> label,

        @Parameter(description = "as bot-service takes it", example = "strategy=grid,env=prod")
        @QueryParam("selector")
        @Nullable
        String selector) {

    /** Every bot, by id. */
    public static BotListRequest all(@Nullable String limit, @Nullable String after) {
        return new BotListRequest(limit, after, null, null, null, null, null, List.of(), null);
    }
}
