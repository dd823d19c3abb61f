package io.everstate.bot.call;

import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.ParkedException;
import io.everstate.bot.replica.PeerGateway;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries a call out where the bot is owned: here, or by one hop at the replica that says it is its owner. */
@ApplicationScoped
public class OwnerCalls {
    public static final String SEQUENCE = "Everstate-Sequence";
    private static final int OK = 200;
    private static final int LONGEST_KEY = 200;
    private static final String[] RELAYED = {
        "Content-Type",
        "Location",
        "ETag",
        SEQUENCE,
        "Retry-After",
        "Content-Disposition",
        "Cache-Control",
        "X-Content-Type-Options"
    };

    private final Fleet fleet;
    private final PeerGateway peers;

    OwnerCalls(Fleet fleet, PeerGateway peers) {
        this.fleet = fleet;
        this.peers = peers;
    }

    /** @throws ProblemException NOT_FOUND for a text that is no bot's id */
    public static BotId botId(String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no bot " + text, e);
        }
    }

    /** What the owner has of a bot; a deleted one is not found. */
    public Response read(String id, Call call, Function<BotState, Response> answer) {
        var bot = botId(id);
        return at(bot, call, () -> answer.apply(present(bot)));
    }

    /** Everything that the owner knows of, deleted ones too; only to be asked there. */
    public Optional<BotState> known(BotId bot) {
        return fleet.ownerships().find(bot);
    }

    /** The bot as its owner has it; only to be asked there. */
    public BotState present(BotId bot) {
        var state = known(bot).orElseThrow(() -> unknown(bot));
        if (state.deleted()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "bot " + bot + " was deleted at " + state.updatedAt());
        }
        return state;
    }

    private ProblemException unknown(BotId bot) {
        return parking(bot)
                .<ProblemException>map(parking -> new ParkedException(bot, parking))
                .orElseGet(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no such bot: " + bot));
    }

    /** Why a bot is not followed beyond its state; only to be asked at its owner. */
    public Optional<Parking> parking(BotId bot) {
        return fleet.ownerships().parking(bot);
    }

    /** The bot, and if it is parked why. */
    public Response shown(BotState state) {
        var parking = parking(state.id());
        return Response.ok(parking.isEmpty() ? state : new ParkedBotView(state, parking.get()))
                .build();
    }

    /** Answers with the bot when the command counts. */
    public Response command(String id, Call call, BotCommand command) {
        var bot = botId(id);
        return at(
                bot,
                call,
                () -> granted(OK, execute(bot, command, call.idempotencyKey())).build());
    }

    public CommandResult execute(BotId bot, BotCommand command, @Nullable String idempotencyKey) {
        return fleet.outside().execute(bot, command, idempotencyKey);
    }

    public static Response.ResponseBuilder granted(int status, CommandResult result) {
        return Response.status(status).entity(result.state()).header(SEQUENCE, result.sequence());
    }

    public boolean owns(BotId bot) {
        return fleet.ownerships().owns(bot);
    }

    public Response at(BotId bot, Call call, Supplier<Response> here) {
        requireKept(call.idempotencyKey());
        if (fleet.ownerships().owns(bot)) {
            return here.get();
        }
        if (call.forwarded()) {
            throw new NotOwnerException("the bot's partition is not owned here");
        }
        return relay(peers.call(fleet.ownerships().partitionOf(bot), forward(call)));
    }

    /** The newest keys are part of a bot's state, which must stay small enough for one record of the log. */
    private static void requireKept(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new InvalidException(List.of(
                    new Violation(Call.IDEMPOTENCY_KEY, "must have between 1 and " + LONGEST_KEY + " characters")));
        }
    }

    private static Forward forward(Call call) {
        return new Forward(
                call.method(),
                call.path(),
                call.authorization(),
                call.idempotencyKey(),
                call.ifMatch(),
                call.body(),
                call.contentType());
    }

    private static Response relay(HttpResponse<byte[]> answer) {
        var response = Response.status(answer.statusCode()).entity(answer.body());
        for (var header : RELAYED) {
            answer.headers().firstValue(header).ifPresent(value -> response.header(header, value));
        }
        return response.build();
    }
}
