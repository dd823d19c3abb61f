package io.everstate.bot.restore;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.checkpoint.CheckpointFile;
import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.critical.CriticalChanges;
import io.everstate.bot.document.LargeDocuments;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.restore.Restores.Origin;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A bot's local checkpoints at its owner, and the way back to one of them. */
@Path("/api/v1/bots/{id}")
@RunOnVirtualThread
class CheckpointsResource {
    private final CheckpointStore checkpoints;
    private final Restores restores;
    private final LargeDocuments documents;
    private final OwnerCalls calls;
    private final CriticalChanges critical;
    private final JsonFormat json;

    CheckpointsResource(
            CheckpointStore checkpoints,
            LargeDocuments documents,
            OwnerCalls calls,
            CriticalChanges critical,
            JsonFormat json) {
        this.documents = documents;
        this.checkpoints = checkpoints;
        this.restores = new Restores(checkpoints, json);
        this.calls = calls;
        this.critical = critical;
        this.json = json;
    }

    @GET
    @Path("/checkpoints")
    @RolesAllowed("viewer")
    @Operation(summary = "The bot's local checkpoints at its owner, the newest first, each verified now")
    public Response list(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return calls.read(
                id,
                Call.of(request),
                state -> Response.ok(new Page<CheckpointFile>(checkpoints.list(state.id()), null))
                        .build());
    }

    /** @param dryRun shows what would change, and changes nothing */
    @POST
    @Path("/restore")
    @RolesAllowed("admin")
    @Operation(
            summary = "Bring a stopped bot's holdings, or one market's, back to what they were",
            description =
                    "appends a checkpoint with the old holdings; configuration, lifecycle and emergency stop stay")
    public Response restore(
            @PathParam("id") String id,
            @QueryParam("dryRun") boolean dryRun,
            @Valid @NotNull RestoreRequest wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var bot = OwnerCalls.botId(id);
        var call = Call.of(request).with(json.write(wanted));
        var by = security.getUserPrincipal().getName();
        return dryRun
                ? calls.at(bot, call, () -> shown(bot, wanted))
                : critical.carryOut(
                        "bot " + bot + " is restored",
                        by,
                        call,
                        () -> calls.at(bot, call, () -> restored(bot, wanted, by, call)));
    }

    private Response shown(BotId bot, RestoreRequest wanted) {
        var present = calls.present(bot);
        var origin = restores.origin(present, wanted);
        var after = Restores.restored(present, origin.state(), wanted.symbol());
        documents.requireRestorable(after);
        return Response.ok(view(true, wanted, origin, present, after, present)).build();
    }

    private Response restored(BotId bot, RestoreRequest wanted, String by, Call call) {
        var present = calls.present(bot);
        var key = call.idempotencyKey();
        if (key != null && present.outcomeOf(key).isPresent()) {
            var first = calls.execute(bot, Restores.repetition(), key);
            return granted(first, new RestoreView(false, null, wanted.symbol(), List.of(), List.of(), first.state()));
        }
        var parked = calls.parking(bot).isPresent();
        if (!parked && present.lifecycle().status() != BotStatus.STOPPED) {
            throw Restores.notStopped(bot, null);
        }
        var origin = restores.origin(present, wanted);
        Restores.requireUsable(present, origin.state(), wanted.symbol());
        var old = documents.storedAnew(origin.state());
        var after = Restores.restored(present, old, wanted.symbol());
        BotCommand command;
        if (parked) {
            command = Restores.unparking(present, after, old, by);
        } else if (Restores.isBeyondTheLog(present, old)) {
            command = Restores.beyondTheLog(present, after, old, by);
        } else {
            command = Restores.command(old, wanted.symbol(), by);
        }
        try {
            var result = calls.execute(bot, command, key);
            return granted(result, view(false, wanted, origin, present, result.state(), result.state()));
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.SUPERSEDED ? Restores.notStopped(bot, e) : e;
        }
    }

    private static Response granted(CommandResult result, RestoreView view) {
        return OwnerCalls.granted(Response.Status.OK.getStatusCode(), result)
                .entity(view)
                .build();
    }

    private static RestoreView view(
            boolean dryRun, RestoreRequest wanted, Origin origin, BotState before, BotState after, BotState bot) {
        return new RestoreView(
                dryRun,
                origin.state().sequence(),
                wanted.symbol(),
                StateDifferences.between(before, after),
                origin.passedOver(),
                bot);
    }
}
