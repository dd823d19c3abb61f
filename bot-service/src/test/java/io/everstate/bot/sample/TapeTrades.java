package io.everstate.bot.sample;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.TapeFeed;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

/** Bots with as many digits in their trades as real ones have: all in and all out again at prices of the recorded tape. */
public final class TapeTrades {
    private static final long SEED = 42;
    private static final Amount FEE_RATE = Amount.of("0.001");

    private TapeTrades() {}

    public static BotState of(BotId bot, int trades) {
        var tape = TapeFeed.bundled(Duration.ofMinutes(1), true);
        var random = new Random(SEED);
        var state = SampleBots.running(bot, RestartPolicy.RESUME);
        var number = 0L;
        for (var i = 0; i < trades; i++) {
            number += 1 + random.nextInt(20);
            var bar = tape.bar(TapeFeed.SYMBOL, number).orElseThrow();
            state = SampleBots.then(state, new TradeExecuted(fill(state, bar)));
        }
        return state;
    }

    private static Fill fill(BotState state, Bar bar) {
        var holdings = Objects.requireNonNull(state.portfolio().symbols().get(SampleBots.SYMBOL));
        var buys = holdings.position().isZero();
        var quantity = buys ? affordable(holdings.balance(), bar.close()) : holdings.position();
        var fee = quantity.times(bar.close()).times(FEE_RATE);
        var side = buys ? Side.BUY : Side.SELL;
        return new Fill(SampleBots.SYMBOL, side, quantity, bar.close(), fee, bar.at(), bar.number());
    }

    private static Amount affordable(Amount balance, Amount price) {
        var all = balance.value().divide(price.value(), 8, RoundingMode.DOWN);
        return Amount.of(all.multiply(new BigDecimal("0.99")).setScale(8, RoundingMode.DOWN));
    }
}
