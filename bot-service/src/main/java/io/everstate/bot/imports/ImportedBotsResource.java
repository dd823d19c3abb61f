package io.everstate.bot.imports;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.critical.CriticalChanges;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.platform.LargestBody;
import io.everstate.bot.registry.BotIds;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotImport;
import io.everstate.contracts.wire.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Makes bots with a past. The bot and its past are one event, a checkpoint: a bot that was made and has nothing of its past yet could be
 * started. The document of one that runs elsewhere follows as a second event; a repetition with the same key writes what is missing.
 */
@Path("/api/v1/imported-bots")
@RunOnVirtualThread
class ImportedBotsResource {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final long LARGEST = 4L << 20;
    /** The same for all callers: who repeats an import of somebody else finds its bots. */
    private static final String CALLER = "import";

    private final OwnerCalls calls;
    private final CriticalChanges critical;
    private final ImportRules rules;
    private final JsonFormat json;
    private final Clock clock;

    ImportedBotsResource(OwnerCalls calls, CriticalChanges critical, ImportRules rules, JsonFormat json, Clock clock) {
        this.calls = calls;
        this.critical = critical;
        this.rules = rules;
        this.json = json;
        this.clock = clock;
    }

    /** @param dryRun answers with the bot as it would be, and makes none */
    @POST
    @RolesAllowed("operator")
    @LargestBody(LARGEST)
    @Operation(
            summary = "Make a bot with the holdings and the history that it had elsewhere; it is stopped at first",
            description = "Needs an Idempotency-Key; 409 when there is such a bot and it was not made with this key")
    public Response take(
            @QueryParam("dryRun") boolean dryRun,
            @NotNull BotImport wanted,
            @Context SecurityContext security,
            @Context ContainerRequestContext request) {
        var sent = Call.of(request);
        var key = sent.idempotencyKey();
        if (key == null) {
            throw new InvalidException(List.of(new Violation("Idempotency-Key", "must be given")));
        }
        rules.require(wanted);
        var bot = Objects.requireNonNullElseGet(wanted.id(), () -> BotIds.of(key, CALLER, clock));
        var by = security.getUserPrincipal().getName();
        var call = sent.keyed(key).with(json.write(wanted));
        return dryRun
                ? calls.at(bot, call, () -> shown(bot, wanted, key))
                : critical.carryOut(
                        "bot " + bot + " is imported",
                        by,
                        call,
                        () -> calls.at(bot, call, () -> taken(bot, wanted, key, by)));
    }

    private Response shown(BotId bot, BotImport wanted, String key) {
        requirePossible(bot);
        var known = calls.known(bot);
        if (known.isPresent() && known.get().outcomeOf(key).isEmpty()) {
            throw exists(bot, null);
        }
        return Response.status(OK)
                .entity(known.orElseGet(() -> state(bot, wanted)))
                .build();
    }

    private Response taken(BotId bot, BotImport wanted, String key, String by) {
        requirePossible(bot);
        var reason = "import of %s by %s".formatted(wanted.source(), by);
        var command = new OnlyIf(now -> now == null, new RestoreCheckpoint(reason, state(bot, wanted)));
        var made = execute(bot, command, key);
        var document = wanted.document();
        var result = document == null ? made : execute(bot, new RecordExternally(saved(document)), key + ":document");
        return OwnerCalls.granted(CREATED, result)
                .location(URI.create("/api/v1/bots/" + bot))
                .build();
    }

    private CommandResult execute(BotId bot, BotCommand command, String key) {
        try {
            return calls.execute(bot, command, key);
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.SUPERSEDED ? exists(bot, e) : e;
        }
    }

    private static ProblemException exists(BotId bot, @Nullable Throwable cause) {
        return new ProblemException(ProblemType.CONFLICT, "there is a bot " + bot + " already", cause);
    }

    /** A bot of which only a record is known that is not understood is no new bot, and a deleted one never comes back. */
    private void requirePossible(BotId bot) {
        if (calls.known(bot).filter(BotState::deleted).isPresent()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "bot " + bot + " was deleted, and ids are never used again");
        }
        if (calls.parking(bot).isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, "there is a bot " + bot + " already, and it is parked");
        }
    }

    private BotState state(BotId bot, BotImport wanted) {
        return new BotState(
                BotState.VERSION,
                bot,
                wanted.kind(),
                wanted.configuration(),
                0,
                clock.instant(),
                wanted.lifecycle(),
                new Portfolio(wanted.symbols(), List.of()),
                List.of(),
                List.of(),
                wanted.kind() == BotKind.EXTERNAL ? ExternalState.created(null) : null);
    }

    private static DocumentSaved saved(BotImport.Content document) {
        var content = Base64.getDecoder().decode(document.base64());
        return new DocumentSaved(
                new Document(document.contentType(), sha256(content), content.length, null), document.base64());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
