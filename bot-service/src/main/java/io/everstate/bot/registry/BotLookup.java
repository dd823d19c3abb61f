package io.everstate.bot.registry;

import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.replica.PeerGateway;
import io.everstate.bot.replica.PeerGateway.Forward;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Any bot of the fleet, wherever it is owned. */
@ApplicationScoped
public class BotLookup {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Fleet fleet;
    private final PeerGateway peers;
    private final JsonFormat json;

    BotLookup(Fleet fleet, PeerGateway peers, JsonFormat json) {
        this.fleet = fleet;
        this.peers = peers;
        this.json = json;
    }

    /**
     * Empty when there is no such bot, or it was deleted.
     *
     * @param authorization of the caller, who may read bots
     * @throws ProblemException UNAVAILABLE when its owner does not answer
     */
    public Optional<BotState> find(BotId bot, @Nullable String authorization) {
        var ownerships = fleet.ownerships();
        if (ownerships.owns(bot)) {
            return ownerships.find(bot).filter(state -> !state.deleted());
        }
        var forward = new Forward("GET", "/api/v1/bots/" + bot, authorization, null, null, null);
        var answer = peers.call(ownerships.partitionOf(bot), forward);
        return switch (answer.statusCode()) {
            case OK -> Optional.of(json.read(answer.body(), BotState.class));
            case NOT_FOUND -> Optional.empty();
            default ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "the owner of bot %s answered %d".formatted(bot, answer.statusCode()));
        };
    }
}
