package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bots")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Bots")
final class BotResource {
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final BotQueries queries;

    BotResource(BotQueries queries) {
        this.queries = queries;
    }

    @GET
    @Operation(summary = "Bots, the oldest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "400", description = "A parameter cannot be taken; it is named")
    @APIResponse(responseCode = "503", description = "The database does not answer; try again")
    public Page<BotState> bots(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "id of the last bot that is known", example = EXAMPLE_ID)
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "RUNNING or STOPPED", example = "RUNNING") @QueryParam("status") @Nullable
                    String status) {
        return queries.bots(
                PageLimit.of(limit), after == null ? null : id("after", after), status == null ? null : status(status));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One bot")
    @APIResponse(
            responseCode = "200",
            description = "Its state after the newest event that is folded; `parked` when it is not followed any more")
    @APIResponse(responseCode = "404", description = "There is no such bot")
    public BotAnswer bot(@Parameter(example = EXAMPLE_ID) @PathParam("id") String id) {
        return queries.bot(id("id", id));
    }

    @GET
    @Path("/{id}/trades")
    @Operation(summary = "A bot's trades, the oldest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "404", description = "There is no such bot")
    public Page<Trade> trades(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "sequence of the last trade that is known, or `next`", example = "41")
                    @QueryParam("after")
                    @Nullable
                    String after) {
        return queries.trades(id("id", id), PageLimit.of(limit), after == null ? TradePlace.BEGIN : place(after));
    }

    private static BotId id(String field, String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(field, "must be a bot's id (a UUID)");
        }
    }

    private static BotStatus status(String text) {
        try {
            return BotStatus.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field("status", "must be RUNNING or STOPPED");
        }
    }

    private static TradePlace place(String text) {
        try {
            return TradePlace.parse(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field("after", "must be the sequence of a trade (a whole number)");
        }
    }
}
