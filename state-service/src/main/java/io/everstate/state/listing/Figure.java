package io.everstate.state.listing;

import io.everstate.state.fleet.BotFigures;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What changes with each event and lists can be sorted by: of a bot, and of the text that a place in such a list has. Bots that are equal in it
 * are sorted by their ids, all of it as the database does.
 */
record Figure<T extends Comparable<T>>(Function<BotFigures, T> of, Function<String, T> read) {
    Comparator<BotFigures> order(boolean descending) {
        var ascending = Comparator.comparing(of).thenComparing(BotFigures::id, Figure::compare);
        return descending ? ascending.reversed() : ascending;
    }

    /** Which bots are behind the place in the list that it is of. */
    Predicate<BotFigures> behind(BotPlace place) {
        var key = read.apply(place.key());
        var id = place.bot().value();
        return bot -> {
            var compared = of.apply(bot).compareTo(key);
            var ascending = compared == 0 ? compare(bot.id(), id) : compared;
            return place.order().descending() ? ascending < 0 : ascending > 0;
        };
    }

    /** Java compares ids by their signed halves, the database by their bytes. */
    private static int compare(UUID one, UUID other) {
        var upper = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return upper == 0
                ? Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits())
                : upper;
    }

    /** As a place has it. */
    String key(BotFigures bot) {
        return of.apply(bot).toString();
    }
}
