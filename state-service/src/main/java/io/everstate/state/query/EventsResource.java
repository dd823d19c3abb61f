package io.everstate.state.query;

import io.everstate.contracts.view.Page;
import io.everstate.state.past.EventView;
import io.everstate.state.past.Past;
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

@Path("/api/v1/bots/{id}/events")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Bots")
final class EventsResource {
    private final Past past;
    private final BotQueries queries;

    EventsResource(Past past, BotQueries queries) {
        this.past = past;
        this.queries = queries;
    }

    @GET
    @Operation(summary = "A bot's events that count, from the log, the oldest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "404", description = "There is no such bot, or the log does not reach back so far")
    @APIResponse(responseCode = "503", description = "The log does not answer, or not in time; try again")
    public Page<EventView> events(
            @Parameter(example = BotParameters.EXAMPLE_ID) @PathParam("id") String id,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "sequence of the last event that is known", example = "41")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = BotParameters.AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable
                    String atLeast) {
        var bot = BotParameters.id(id);
        var items = PageLimit.of(limit).items();
        var known = after == null ? 0 : BotParameters.sequence("after", after);
        queries.awaitStoredAndShown(bot, atLeast, Math.max(1, known));
        return past.events(bot, known, items);
    }
}
