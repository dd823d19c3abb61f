package io.everstate.bot.hosting;

import io.everstate.contracts.bot.BotCommand.ValueAfterPause;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Bots that were away for long: before one goes on its positions are worth what they are worth now, and that is said. One thread. */
final class LongPauses {
    private static final Logger LOG = Logger.getLogger(LongPauses.class);

    private final TradingFloor floor;
    private final BotCommands commands;
    private final Set<BotId> valuing = new HashSet<>();

    LongPauses(TradingFloor floor, BotCommands commands) {
        this.floor = floor;
        this.commands = commands;
    }

    boolean away(BotState state) {
        return state.lifecycle().absenceSince().isPresent();
    }

    /** Whether its valuation is on its way to the log. */
    boolean valuing(BotId bot) {
        return valuing.contains(bot);
    }

    /** Completes with whether it counts; empty while a market has no price. {@link #done} is to be called behind it. */
    Optional<CompletableFuture<Boolean>> value(BotState state) {
        return floor.prices(state).map(prices -> {
            valuing.add(state.id());
            return commands.submit(state.id(), new ValueAfterPause(prices));
        });
    }

    void done(BotId bot) {
        valuing.remove(bot);
    }

    /** Says what the newest long pause of this bot did to it. */
    static void say(BotState state) {
        var absence = state.lifecycle().absence();
        if (absence != null && absence.lastReturn() != null) {
            var pause = absence.lastReturn();
            LOG.infof(
                    "bot %s (%s) was away for %s since %s: its value went from %s to %s",
                    state.id(),
                    state.configuration().name(),
                    Duration.between(pause.since(), pause.at()),
                    pause.since(),
                    pause.valueBefore(),
                    pause.valueNow());
        }
    }
}
