package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import io.everstate.state.listing.BotList;
import io.everstate.state.listing.BotListRequest;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
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
    private static final String AT_LEAST =
            "waits until this event of the bot is folded: bot-service answers it as Everstate-Sequence";
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final BotList list;
    private final BotQueries queries;
    private final AwaitedEvents awaited;

    BotResource(BotList list, BotQueries queries, AwaitedEvents awaited) {
        this.list = list;
        this.queries = queries;
        this.awaited = awaited;
    }

    @GET
    @Operation(summary = "Bots, filtered and sorted, a page at a time; the oldest first unless `sort` says otherwise")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "400", description = "A parameter cannot be taken; it is named")
    @APIResponse(responseCode = "503", description = "The database does not answer; try again")
    public Page<BotState> bots(@BeanParam BotListRequest request) {
        return list.page(request);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One bot")
    @APIResponse(
            responseCode = "200",
            description = "Its state after the newest event that is folded; `parked` when it is not followed any more")
    @APIResponse(responseCode = "404", description = "There is no such bot")
    @APIResponse(
            responseCode = "503",
            description = "The event of `atLeast` was not folded in time; Retry-After says when to ask again")
    public BotAnswer bot(
            @Parameter(example = EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable String atLeast) {
        var bot = id("id", id);
        await(bot, atLeast);
        return queries.bot(bot);
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
                    String after,
            @Parameter(description = AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable String atLeast) {
        var bot = id("id", id);
        var items = PageLimit.of(limit);
        var place = after == null ? TradePlace.BEGIN : place(after);
        await(bot, atLeast);
        return queries.trades(bot, items, place);
    }

    private void await(BotId bot, @Nullable String atLeast) {
        if (atLeast != null) {
            awaited.await(bot, sequence("atLeast", atLeast));
        }
    }

    private static long sequence(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Invalid.field(field, "must be the sequence of an event (a whole number)");
        }
    }

    private static BotId id(String field, String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(field, "must be a bot's id (a UUID)");
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
