package io.everstate.state.peer;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the bots' owners are asked for. Every question has a deadline. */
@Singleton
public final class BotOwners {
    private static final Logger LOG = Logger.getLogger(BotOwners.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String SEQUENCE = "Everstate-Sequence";
    private static final int SERVER_ERROR = 500;
    private static final int UNAUTHENTICATED = 401;

    private final BotServiceApi api;

    BotOwners(@RestClient BotServiceApi api) {
        this.api = api;
    }

    /**
     * Has the owner write a checkpoint with the bot's whole present state.
     *
     * @throws PeerException NOT_FOUND when there is no such bot, CONFLICT when it is parked there too, UNAVAILABLE without an answer
     */
    public void saveWhole(BotId bot, @Nullable String key) {
        var _ = call(() -> api.forceSave(bot.value(), key), Response::getStatus);
    }

    /**
     * Has the owner write a checkpoint that takes the bot back to this state, numbered above all that it has read of the bot.
     *
     * @throws PeerException CONFLICT when the bot runs and is not parked there
     */
    public void restore(BotId bot, BotState state, @Nullable String key) {
        var _ = call(
                () -> api.restore(bot.value(), null, key, new BotServiceApi.Restore(state, null)), Response::getStatus);
    }

    /**
     * The same with the holdings of one market, or of all.
     *
     * @param symbol the only market; null for all
     * @return the number of the checkpoint
     */
    public long restore(BotId bot, BotState state, @Nullable String symbol, String key) {
        return numbered(() -> api.restore(bot.value(), null, key, new BotServiceApi.Restore(state, symbol)));
    }

    /**
     * Asks whether that would be done; nothing changes.
     *
     * @throws PeerException when it would not
     */
    public void requireRestorable(BotId bot, BotState state, @Nullable String symbol) {
        var _ = call(
                () -> api.restore(bot.value(), true, null, new BotServiceApi.Restore(state, symbol)),
                Response::getStatus);
    }

    /**
     * Lets a stopped bot run.
     *
     * @throws PeerException CONFLICT when it is not stopped
     */
    public long start(BotId bot, String key) {
        return numbered(() -> api.start(bot.value(), key));
    }

    /**
     * Ends the run of a bot.
     *
     * @return the number of the event that says so
     * @throws PeerException CONFLICT when it does not run
     */
    public long stop(BotId bot, String key) {
        return numbered(() -> api.stop(bot.value(), key));
    }

    /** @return the number of the event that was answered */
    private static long numbered(Supplier<Response> question) {
        var sequence = call(question, answer -> Optional.ofNullable(answer.getHeaderString(SEQUENCE)));
        return sequence.map(Long::parseLong)
                .orElseThrow(() -> new PeerException(
                        ProblemType.OUTCOME_UNKNOWN, "bot-service answers without the number of its event", null));
    }

    /** The client's own time-out ends with an answer's head, so a body that stalls would hold the caller for ever. */
    static <T> T call(Supplier<Response> question, Function<Response, T> read) {
        var answer = new FutureTask<>(() -> {
            try (var response = question.get()) {
                return read.apply(response);
            }
        });
        Thread.ofVirtual().name("call-bot-service").start(answer);
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw silent("no whole answer within " + DEADLINE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static PeerException silent(String why, Throwable cause) {
        return new PeerException(ProblemType.UNAVAILABLE, "bot-service does not answer: " + why, cause);
    }

    private static RuntimeException failed(@Nullable Throwable failure) {
        return switch (failure) {
            case WebApplicationException e -> refused(e);
            case ProcessingException e when e.getCause() instanceof PeerException ours -> ours;
            case ProcessingException e -> silent(e.getClass().getSimpleName(), e);
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException("a call to bot-service broke", failure);
        };
    }

    private static PeerException refused(WebApplicationException failure) {
        var response = failure.getResponse();
        var detail = "bot-service answers " + response.getStatus() + detailOf(response);
        return new PeerException(typeOf(response.getStatus()), detail, failure);
    }

    /** An expired token may be renewed and a defect may pass: both are worth a repetition. */
    private static ProblemType typeOf(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && status < SERVER_ERROR && status != UNAUTHENTICATED)
                .findFirst()
                .orElse(ProblemType.UNAVAILABLE);
    }

    private static String detailOf(Response response) {
        try {
            return response.hasEntity()
                    ? ": " + response.readEntity(Problem.class).detail()
                    : "";
        } catch (RuntimeException e) {
            LOG.debug("a refusal without a readable problem body", e);
            return "";
        }
    }
}
