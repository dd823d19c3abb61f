package io.everstate.state.content;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.bot.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What holds for every state that the fold can make, beyond what its records refuse already. */
public final class BotRules {
    private static final Comparator<Trade> IN_ORDER =
            Comparator.comparingLong(Trade::sequence).thenComparingInt(Trade::leg);

    private BotRules() {}

    /** A sentence for each rule that the state breaks. */
    public static List<String> broken(BotState bot) {
        var broken = new ArrayList<String>();
        require(bot.sequence() >= 1, "the sequence is below 1", broken);
        require(!bot.running() || bot.lifecycle().startedAt() != null, "it runs and was never started", broken);
        require(
                bot.outcomes().stream().allMatch(outcome -> outcome.sequence() <= bot.sequence()),
                "a command's outcome is newer than the state",
                broken);
        bot.portfolio().symbols().forEach((name, symbol) -> check(name, symbol, broken));
        check(bot.portfolio(), bot.sequence(), broken);
        return broken;
    }

    private static void check(String name, SymbolState symbol, List<String> broken) {
        require(!symbol.balance().isNegative(), name + ": the balance is negative", broken);
        require(!symbol.position().isNegative(), name + ": the position is negative", broken);
        require(!symbol.entryPrice().isNegative(), name + ": the entry price is negative", broken);
        require(!symbol.totalFees().isNegative(), name + ": the fees are negative", broken);
        require(symbol.trades() >= 0, name + ": the number of trades is negative", broken);
    }

    private static void check(Portfolio portfolio, long newest, List<String> broken) {
        var trades = portfolio.recentTrades();
        var numbers = trades.stream().map(Trade::sequence).toList();
        require(trades.size() <= portfolio.trades(), "there are more trades than were counted", broken);
        var inOrder =
                IntStream.range(1, trades.size()).allMatch(i -> IN_ORDER.compare(trades.get(i - 1), trades.get(i)) < 0);
        require(inOrder, "the trades are not in order", broken);
        require(
                numbers.stream().allMatch(number -> number >= 1 && number <= newest),
                "a trade's sequence is not one of the bot's",
                broken);
    }

    private static void require(boolean holds, String otherwise, List<String> broken) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
