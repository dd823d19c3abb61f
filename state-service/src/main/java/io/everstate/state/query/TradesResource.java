package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/bots/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Bots")
final class TradesResource {
    private static final String CSV = "text/csv";
    private static final MediaType CSV_TYPE = MediaType.valueOf(CSV);
    private static final String CSV_UTF_8 = "text/csv;charset=UTF-8;header=present";
    private static final PageLimit PIECE = new PageLimit(PageLimit.MAX);

    private final BotQueries queries;

    TradesResource(BotQueries queries) {
        this.queries = queries;
    }

    @GET
    @Path("/trades")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(summary = "A bot's trades, the oldest first; all of them at once as `text/csv`")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "404", description = "There is no such bot")
    @APIResponse(responseCode = "503", description = "The event of `atLeast` was not folded in time")
    @APIResponseSchema(Page.class)
    public Response trades(
            @Parameter(example = BotParameters.EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "sequence of the last trade that is known, or `next`", example = "41")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = BotParameters.AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable
                    String atLeast,
            @Context HttpHeaders headers) {
        if (Accepted.rather(CSV_TYPE, headers)) {
            return csv(id, after, atLeast);
        }
        var bot = BotParameters.id(id);
        var items = PageLimit.of(limit);
        var place = BotParameters.place(after);
        queries.awaitStored(bot, atLeast);
        return Response.ok(queries.trades(bot, items, place), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @GET
    @Path("/trades.csv")
    @Produces(CSV)
    @Operation(summary = "All trades of a bot behind `after` as CSV (RFC 4180), whatever their number")
    @APIResponse(responseCode = "404", description = "There is no such bot")
    public Response csv(
            @Parameter(example = BotParameters.EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "sequence of the last trade that is known", example = "41")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = BotParameters.AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable
                    String atLeast) {
        var bot = BotParameters.id(id);
        var place = BotParameters.place(after);
        queries.awaitStored(bot, atLeast);
        var first = queries.trades(bot, PIECE, place); // a bot that is not there must be said before anything is sent
        StreamingOutput lines = target -> write(bot, first, target);
        return Response.ok(lines, CSV_UTF_8)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"trades-" + bot + ".csv\"")
                .build();
    }

    /** Piece by piece, each a query of its own: a slow receiver holds no transaction. */
    private void write(BotId bot, Page<Trade> first, OutputStream target) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
        var csv = new TradesCsv(text);
        csv.header();
        for (var page = first; ; page = queries.trades(bot, PIECE, TradePlace.parse(page.next()))) {
            for (var trade : page.items()) {
                csv.add(trade);
            }
            if (page.next() == null) {
                text.flush();
                return;
            }
        }
    }
}
