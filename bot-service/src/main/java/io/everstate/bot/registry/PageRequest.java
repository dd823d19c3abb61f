package io.everstate.bot.registry;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of bots.
 *
 * @param after the last bot's id on the page before; null for the first page
 */
record PageRequest(int limit, @Nullable String after) {

    /** @throws InvalidException names the parameter that is wrong */
    static PageRequest of(@Nullable String limit, int standard, int max, @Nullable String after) {
        return new PageRequest(items(limit, standard, max), after == null ? null : id(after));
    }

    private static int items(@Nullable String text, int standard, int max) {
        try {
            var items = text == null ? standard : Integer.parseInt(text);
            if (items >= 1 && items <= max) {
                return items;
            }
        } catch (NumberFormatException e) {
            throw invalid("limit", "must be a whole number");
        }
        throw invalid("limit", "must be between 1 and " + max);
    }

    private static String id(String after) {
        try {
            return BotId.of(after).toString();
        } catch (IllegalArgumentException e) {
            throw invalid("after", "must be a bot's id");
        }
    }

    private static InvalidException invalid(String parameter, String sentence) {
        return new InvalidException(List.of(new Violation(parameter, sentence)));
    }
}
