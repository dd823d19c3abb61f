package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.Page;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
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

@Path("/api/v1/parked")
@RunOnVirtualThread
@Tag(name = "Parked bots")
final class ParkedResource {
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final ParkedBots parked;

    ParkedResource(ParkedBots parked) {
        this.parked = parked;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Bots that are not followed any more because a record of theirs is not understood")
    @APIResponse(
            responseCode = "200",
            description = "A page in the order of the bots' ids; go on with `next` as `after`",
            content =
                    @Content(mediaType = "application/json", examples = @ExampleObject(name = "one bot", value = """
                    {"items":[{"bot":"0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55","partition":3,"type":"io.everstate.bot.bot-cloned.v1",
                     "why":"unknown event type io.everstate.bot.bot-cloned.v1","offset":4711,"since":"2026-11-22T12:00:00Z",
                     "knownTo":41,"passedOver":57}]}""")))
    public Page<ParkedView> parked(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "id of the last bot that is known", example = EXAMPLE_ID)
                    @QueryParam("after")
                    @Nullable
                    String after) {
        return parked.parked(PageLimit.of(limit), after == null ? null : id("after", after));
    }

    private static BotId id(String field, String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(field, "must be a bot's id (a UUID)");
        }
    }
}
