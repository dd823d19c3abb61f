package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import io.everstate.state.listing.BotList;
import io.everstate.state.listing.BotListRequest;
import io.everstate.state.past.Past;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/bots")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Bots")
final class BotResource {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final BotList list;
    private final BotQueries queries;
    private final Past past;

    BotResource(BotList list, BotQueries queries, Past past) {
        this.list = list;
        this.queries = queries;
        this.past = past;
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
    @Produces({MediaType.APPLICATION_JSON, TEXT})
    @Operation(summary = "One bot, now or as it was; for people as `text/plain`")
    @APIResponse(
            responseCode = "200",
            description =
                    "Its state after the newest event that is folded, or as it was; `parked` when it is not followed any more")
    @APIResponse(responseCode = "404", description = "There is no such bot, or there was none then")
    @APIResponse(
            responseCode = "409",
            description = "The event of `sequence` lies behind one that this version does not understand")
    @APIResponse(
            responseCode = "503",
            description =
                    "The event of `atLeast` was not folded in time, or the log does not answer; Retry-After says when to ask again")
    @APIResponseSchema(BotAnswer.class)
    public Response bot(
            @Parameter(example = BotParameters.EXAMPLE_ID) @PathParam("id") String id,
            @BeanParam Moment moment,
            @Context HttpHeaders headers) {
        var answer = state(BotParameters.id(id), moment);
        return Accepted.rather(MediaType.TEXT_PLAIN_TYPE, headers)
                ? Response.ok(BotSheet.of(answer), TEXT).build()
                : Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("/{id}/view")
    @Produces(TEXT)
    @Operation(summary = "One bot for people, symbol by symbol, now or as it was")
    @APIResponse(responseCode = "200", description = "Lines of text")
    @APIResponse(responseCode = "404", description = "There is no such bot, or there was none then")
    public String view(
            @Parameter(example = BotParameters.EXAMPLE_ID) @PathParam("id") String id, @BeanParam Moment moment) {
        return BotSheet.of(state(BotParameters.id(id), moment));
    }

    private BotAnswer state(BotId bot, Moment moment) {
        moment.check();
        var at = moment.at();
        if (at != null) {
            queries.awaitStoredAndShown(bot, moment.atLeast(), Long.MAX_VALUE);
            return earlier(bot, past.at(bot, BotParameters.time("at", at)));
        }
        var sequence = moment.sequence();
        if (sequence != null) {
            var number = BotParameters.sequence("sequence", sequence);
            queries.awaitStoredAndShown(bot, moment.atLeast(), number);
            return earlier(bot, past.after(bot, number));
        }
        var atLeast = moment.atLeast();
        return atLeast == null ? queries.bot(bot) : queries.bot(bot, BotParameters.sequence("atLeast", atLeast));
    }

    private BotAnswer earlier(BotId bot, Past.Found found) {
        return BotAnswer.of(found, found.parked() == null ? 0 : past.partitionOf(bot));
    }
}
