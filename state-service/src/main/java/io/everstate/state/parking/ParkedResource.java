package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.state.awaiting.ShownBots;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/parked")
@RunOnVirtualThread
@Tag(name = "Parked bots")
final class ParkedResource {
    private static final Logger AUDIT = Logger.getLogger("audit");
    private static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";

    private final ParkedBots parked;
    private final Resumptions resumptions;
    private final Skips skips;
    private final ShownBots shown;

    ParkedResource(ParkedBots parked, Resumptions resumptions, Skips skips, ShownBots shown) {
        this.parked = parked;
        this.resumptions = resumptions;
        this.skips = skips;
        this.shown = shown;
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

    @POST
    @Path("/{bot}/resume")
    @RolesAllowed("operator")
    @Operation(
            summary = "Take a parked bot up again",
            description =
                    "by itself within seconds of a start; folds its records anew from the one that was not understood on")
    @APIResponse(
            responseCode = "200",
            description = "Followed again, or parked at a later record, which is in `parked`")
    @APIResponse(responseCode = "404", description = "The bot is not parked")
    @APIResponse(responseCode = "409", description = "This version does not understand the record either")
    @APIResponse(responseCode = "503", description = "The log or the database does not answer; try again")
    public ResumedView resume(@Parameter(example = EXAMPLE_ID) @PathParam("bot") String text) {
        var bot = id("bot", text);
        var now = required(bot);
        if (resumptions.resume(now.partition(), one -> one.bot().equals(bot)).isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "bot %s cannot be taken up again from offset %d on by this version either: %s"
                            .formatted(bot, now.offset(), now.why()));
        }
        return new ResumedView(bot, parked.find(bot).orElse(null));
    }

    @POST
    @Path("/{bot}/skip")
    @RolesAllowed("operator")
    @Operation(
            summary = "Leave what is not understood of a parked bot behind",
            description =
                    "has its owner write a checkpoint: of its whole state if it follows the bot, else of the state that is known here, behind"
                            + " a backup that bot-service has taken")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "with a reason",
                                            value = "{\"reason\":\"written by a version that was taken back\"}")))
    @APIResponse(
            responseCode = "200",
            description =
                    "The checkpoint counts; the bot is followed again when it is folded. A repetition with the same `Idempotency-Key` is"
                            + " answered so, too, without `knownTo` and `backup` when the bot is followed again")
    @APIResponse(responseCode = "400", description = "Without a reason")
    @APIResponse(responseCode = "404", description = "The bot is not parked")
    @APIResponse(responseCode = "409", description = "Nothing of the bot is known to go on from")
    @APIResponse(
            responseCode = "503",
            description =
                    "bot-service does not answer, or a backup is required and there is none; try again with the same `Idempotency-Key`")
    public SkippedView skip(
            @Parameter(example = EXAMPLE_ID) @PathParam("bot") String text,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable SkipRequest request,
            @Context SecurityContext security) {
        var bot = id("bot", text);
        var reason = (request == null ? new SkipRequest(null) : request).requiredReason();
        var known = Invalid.idempotencyKey(key);
        var before = find(bot).orElse(null);
        if (before == null) {
            return repeated(bot, known);
        }
        var by = security.getUserPrincipal().getName();
        var skipped = skips.skip(bot, by, known);
        AUDIT.infof(
                "%s skips the record of bot %s at offset %d of partition %d (%s): %s",
                by, bot, before.offset(), before.partition(), skipped.way(), reason);
        return new SkippedView(bot, skipped.way(), before.knownTo(), skipped.backup());
    }

    private SkippedView repeated(BotId bot, @Nullable String key) {
        return Optional.ofNullable(key)
                .flatMap(first -> skips.before(bot, first))
                .map(way -> new SkippedView(bot, way, null, null))
                .orElseThrow(() -> notParked(bot));
    }

    private ParkedView required(BotId bot) {
        return find(bot).orElseThrow(() -> notParked(bot));
    }

    private Optional<ParkedView> find(BotId bot) {
        return shown.findParked(bot, () -> parked.find(bot));
    }

    private static ProblemException notParked(BotId bot) {
        return new ProblemException(ProblemType.NOT_FOUND, "no parked bot " + bot);
    }

    private static BotId id(String field, String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(field, "must be a bot's id (a UUID)");
        }
    }
}
