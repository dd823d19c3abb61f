package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.SteppedBot.TAPE;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import java.util.Optional;
import java.util.Set;

/** The tape, and something that happens while a bot looks at one of its bars for the first time. */
final class InterruptedTape implements MarketFeed {
    private final long number;
    private final Runnable interruption;
    private boolean happened;

    InterruptedTape(long number, Runnable interruption) {
        this.number = number;
        this.interruption = interruption;
    }

    @Override
    public Set<String> symbols() {
        return TAPE.symbols();
    }

    @Override
    public Optional<Bar> bar(String symbol, long wanted) {
        if (wanted == number && !happened) {
            happened = true;
            interruption.run();
        }
        return TAPE.bar(symbol, wanted);
    }
}
