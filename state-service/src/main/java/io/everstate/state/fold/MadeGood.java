package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.CommandOutcome;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Whether a checkpoint makes good what its log has lost of a bot. Its number tells nothing: an owner that does not know of the loss comes to
 * any number by and by.
 */
final class MadeGood {
    private MadeGood() {}

    /**
     * Whether it carries what is known, or a state of the same bot behind that.
     *
     * @param known what the log does not lead to
     */
    static boolean by(BotEventRecorded event, BotState known) {
        if (!(event.event() instanceof CheckpointTaken checkpoint)) {
            return false;
        }
        var carried = checkpoint.state();
        return carried.sequence() >= known.sequence()
                && hasCommandsOf(known, carried)
                && (holdsTheSame(carried, known) || (isFromElsewhere(event, carried) && hasTradesOf(known, carried)));
    }

    private static boolean holdsTheSame(BotState carried, BotState known) {
        return carried.portfolio().equals(known.portfolio()) && Objects.equals(carried.external(), known.external());
    }

    /** An owner that saves what it folded itself leaves no number out. */
    private static boolean isFromElsewhere(BotEventRecorded event, BotState carried) {
        return event.sequence() > carried.sequence() + 1;
    }

    private static boolean hasTradesOf(BotState known, BotState carried) {
        return has(
                carried.portfolio().recentTrades(), known.portfolio().recentTrades(), Trade::sequence, trade -> trade);
    }

    private static boolean hasCommandsOf(BotState known, BotState carried) {
        return has(carried.outcomes(), known.outcomes(), CommandOutcome::sequence, CommandOutcome::key);
    }

    /** As far back as the carried ones reach. */
    private static <T> boolean has(
            List<T> carried, List<T> known, ToLongFunction<T> number, Function<T, Object> identity) {
        var there = new HashSet<>(identities(carried, identity));
        var oldest = carried.isEmpty() ? 0 : number.applyAsLong(carried.getFirst());
        return known.stream()
                .filter(one -> number.applyAsLong(one) >= oldest)
                .allMatch(one -> there.contains(identity.apply(one)));
    }

    private static <T> Collection<Object> identities(List<T> all, Function<T, Object> identity) {
        return all.stream().map(identity).toList();
    }
}
