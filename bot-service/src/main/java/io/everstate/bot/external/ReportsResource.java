package io.everstate.bot.external;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.platform.BotCredential;
import io.everstate.bot.platform.LargestBody;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a bot that runs elsewhere tells of itself, with its own token. A 2xx means that it counts, or of a heartbeat that it was heard. */
@Path("/api/v1/external-bots/{id}")
@RunOnVirtualThread
class ReportsResource {
    private static final int CREATED = 201;
    /** A character can take six bytes as it comes, and there is more than the content. */
    private static final long LARGEST_REPORT = 6L * ExternalEvent.LONGEST_CONTENT + 4096;

    private final OwnerCalls calls;
    private final BotAccess access;
    private final Heartbeats heartbeats;
    private final JsonFormat json;
    private final Clock clock;

    ReportsResource(OwnerCalls calls, BotAccess access, Heartbeats heartbeats, JsonFormat json, Clock clock) {
        this.calls = calls;
        this.access = access;
        this.heartbeats = heartbeats;
        this.json = json;
        this.clock = clock;
    }

    /** @param recorded whether the log has it; else the owner's memory */
    record HeartbeatView(Heartbeat heartbeat, boolean recorded) {}

    /** The number of the event that records it; of a repetition, that of the first. */
    record ReportedView(long sequence) {}

    @POST
    @Path("/events")
    @RolesAllowed("bot")
    @LargestBody(LARGEST_REPORT)
    @Operation(summary = "Tell of a trade, a status or anything else; with an Idempotency-Key it is safe to repeat")
    public Response report(
            @PathParam("id") String id,
            @Valid @NotNull ReportRequest told,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var credential = credential(id, security);
        var call = Call.of(request).with(json.write(told));
        var event = event(told);
        return calls.at(
                credential.bot(), call, () -> recorded(access.record(credential, event, call.idempotencyKey())));
    }

    @POST
    @Path("/heartbeats")
    @RolesAllowed("bot")
    @Operation(summary = "Say that the bot is alive; recorded when it says something new, else once in a while")
    public Response beat(
            @PathParam("id") String id,
            @Valid @NotNull HeartbeatRequest told,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var credential = credential(id, security);
        var call = Call.of(request).with(json.write(told));
        return calls.at(credential.bot(), call, () -> heard(credential, told));
    }

    private Response heard(BotCredential credential, HeartbeatRequest told) {
        var bot = access.require(credential);
        var beat = new Heartbeat(clock.instant(), told.status(), told.detail());
        var due = heartbeats.heard(bot, beat);
        if (due) {
            access.record(credential, new HeartbeatRecorded(told.status(), told.detail()), null);
        }
        return Response.ok(new HeartbeatView(beat, due)).build();
    }

    private static BotCredential credential(String id, SecurityContext security) {
        return BotAccess.credential(security, OwnerCalls.botId(id));
    }

    private static ExternalReported event(ReportRequest told) {
        var content = told.content().text();
        if (content.length() > ExternalEvent.LONGEST_CONTENT) {
            throw new InvalidException(List.of(new Violation(
                    "content",
                    "must have at most " + ExternalEvent.LONGEST_CONTENT + " characters; save a checkpoint")));
        }
        return new ExternalReported(told.type(), told.status(), "bot", "application/json", content);
    }

    private static Response recorded(CommandResult result) {
        return Response.status(CREATED)
                .entity(new ReportedView(result.sequence()))
                .header(OwnerCalls.SEQUENCE, result.sequence())
                .build();
    }
}
