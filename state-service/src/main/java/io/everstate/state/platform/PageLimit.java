package io.everstate.state.platform;

import io.everstate.contracts.view.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many items of a page somebody wants. */
public record PageLimit(int items) {
    static final int STANDARD = 100;
    public static final int MAX = 500;

    public PageLimit {
        if (items < 1 || items > MAX) {
            throw Invalid.field("limit", "must be between 1 and " + MAX);
        }
    }

    /** @param text null for the standard */
    public static PageLimit of(@Nullable String text) {
        try {
            return new PageLimit(text == null ? STANDARD : Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw Invalid.field("limit", "must be a whole number");
        }
    }

    /**
     * @param found in their order; one more than wanted when there is a next page
     * @param position of an item, behind which the next page begins
     */
    public <T> Page<T> page(List<T> found, Function<T, String> position) {
        if (found.size() <= items) {
            return new Page<>(List.copyOf(found), null);
        }
        var shown = List.copyOf(found.subList(0, items));
        return new Page<>(shown, position.apply(shown.getLast()));
    }
}
