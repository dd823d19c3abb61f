package io.everstate.recovery.platform;

import io.everstate.contracts.view.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists whose order is that of their ids. */
public final class PageCut {
    private PageCut() {}

    /** The id that a caller gave as {@code after}; null when it gave none. */
    public static @Nullable UUID cursor(@Nullable String after) {
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("after", "must be what the page before gave as next");
        }
    }

    /** @param read the list, read one longer than wanted */
    public static <T, V> Page<V> of(List<T> read, int limit, Function<T, UUID> id, Function<T, V> view) {
        var items = read.subList(0, Math.min(limit, read.size()));
        var next = read.size() > limit ? id.apply(items.getLast()).toString() : null;
        return new Page<>(items.stream().map(view).toList(), next);
    }
}
