package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.finding.ReplacedTrades;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The states that are known from before, while the log that is there now is folded from its start. */
final class KnownBefore {
    private final Map<BotId, BotState> states;
    /** By the log that is there now. */
    private final Map<BotId, NewestTold> told = new HashMap<>();

    KnownBefore(Collection<BotState> states) {
        this.states = states.stream().collect(Collectors.toMap(BotState::id, Function.identity()));
    }

    /**
     * A bot of which the log has less than is known.
     *
     * @param known its state, which the log does not lead to
     * @param last the number of its newest event in the log; 0 when it has none
     */
    record Lost(BotState known, long last) {
        long events() {
            return known.sequence() - last;
        }
    }

    /** The number of what is known of the bot; 0 when nothing is, or what the log has of it is newer. */
    long sequence(BotId bot) {
        var known = states.get(bot);
        return known == null ? 0 : known.sequence();
    }

    /** What the log tells of a bot on its way to what is known. */
    void told(BotId bot, List<FoldedTrade> trades) {
        if (!trades.isEmpty() && states.containsKey(bot)) {
            told.computeIfAbsent(bot, _ -> new NewestTold()).add(trades);
        }
    }

    /** All of that, in the place of what was told before. */
    ReplacedTrades replaced(BotState state) {
        var newest = told.remove(state.id());
        return (newest == null ? new NewestTold() : newest).upTo(state.id(), state.sequence());
    }

    /**
     * Whether the log has another event of the number up to which the bot is known. What is known is forgotten then: the log has gone on
     * from its own, and so do all who read it.
     */
    boolean isReplacedBy(BotState state) {
        var known = states.get(state.id());
        return known != null
                && known.sequence() == state.sequence()
                && !known.equals(state)
                && states.remove(state.id(), known);
    }

    /**
     * Whether a checkpoint leaves out what is known of its bot: it has a higher number, stands behind an event of a lower one, and does not
     * make good what is lost between them. What is known is forgotten then too.
     *
     * @param before the number of the bot's event in front of it
     */
    boolean isLeftOutBy(BotEventRecorded event, long before) {
        var known = states.get(event.bot());
        return known != null
                && event.event() instanceof CheckpointTaken
                && before < known.sequence()
                && event.sequence() > known.sequence()
                && !MadeGood.by(event, known)
                && states.remove(event.bot(), known);
    }

    /** Whether this is newer than what is known of the bot. */
    boolean isNews(BotState state) {
        var known = states.get(state.id());
        if (known != null && state.sequence() > known.sequence()) {
            states.remove(state.id());
            told.remove(state.id());
            return true;
        }
        return known == null;
    }

    /** @param fold of the log up to where it ended */
    List<Lost> lost(PartitionFold fold) {
        return states.values().stream()
                .map(known -> new Lost(known, last(fold, known.id())))
                .filter(lost -> lost.events() > 0)
                .toList();
    }

    private static long last(PartitionFold fold, BotId bot) {
        return Math.max(
                fold.find(bot).map(BotState::sequence).orElse(0L),
                fold.parking(bot).map(Parking::sequence).orElse(0L));
    }

    /** The fold, going on from whatever is newest of each bot. */
    PartitionFold goneOn(PartitionFold fold, Map<BotId, Parking> parked) {
        var newest = new HashMap<BotId, BotState>();
        fold.bots().forEach(state -> newest.put(state.id(), state));
        newest.putAll(states);
        return new PartitionFold(fold.epoch(), newest.values(), parked);
    }
}
