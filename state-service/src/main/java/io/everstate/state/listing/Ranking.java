package io.everstate.state.listing;

import io.everstate.state.fleet.BotFigures;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A list of bots that is sorted in memory. */
record Ranking(BotFilter filter, Figure<?> figure, boolean descending) {
    /**
     * So many bots behind a place, in their order: each bot is looked at once, and only the best so far are kept.
     *
     * @param after null for the first ones
     */
    List<BotFigures> behind(@Nullable BotPlace after, Collection<BotFigures> bots, int count) {
        var order = figure.order(descending);
        Predicate<BotFigures> behind = after == null ? _ -> true : figure.behind(after);
        var best = new PriorityQueue<>(count, order.reversed());
        for (var bot : bots) {
            if (behind.test(bot) && filter.holds(bot)) {
                if (best.size() < count) {
                    best.add(bot);
                } else if (order.compare(bot, best.element()) < 0) {
                    best.remove();
                    best.add(bot);
                }
            }
        }
        return best.stream().sorted(order).toList();
    }
}
