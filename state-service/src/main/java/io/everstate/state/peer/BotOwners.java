package io.everstate.state.peer;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** What the bots' owners are asked for. Every question has a deadline. */
@Singleton
public final class BotOwners {
    private static final String SEQUENCE = "Everstate-Sequence";

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
        var _ = Peer.BOT_SERVICE.call(() -> api.forceSave(bot.value(), key), Response::getStatus);
    }

    /**
     * Has the owner write a checkpoint that takes the bot back to this state, numbered above all that it has read of the bot.
     *
     * @throws PeerException CONFLICT when the bot runs and is not parked there
     */
    public void restore(BotId bot, BotState state, @Nullable String key) {
        var _ = Peer.BOT_SERVICE.call(
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
        var _ = Peer.BOT_SERVICE.call(
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
        var sequence = Peer.BOT_SERVICE.call(question, answer -> Optional.ofNullable(answer.getHeaderString(SEQUENCE)));
        return sequence.map(Long::parseLong)
                .orElseThrow(() -> new PeerException(
                        ProblemType.OUTCOME_UNKNOWN, "bot-service answers without the number of its event", null));
    }
}
