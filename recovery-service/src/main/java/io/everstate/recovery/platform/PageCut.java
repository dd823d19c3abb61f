package io.everstate.recovery.platform;

import io.everstate.contracts.view.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists whose order is that of their ids. */
public final class PageCut {
    private static final int MAX = 1000;
    private static final int USUAL = 100;

    private PageCut() {}

    /** How many items a caller wants: 1 to 1000, and 100 when it did not say. */
    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return USUAL;
        }
        if (limit.matches("\\d{1,4}")) {
            var wanted = Integer.parseInt(limit);
            if (wanted >= 1 && wanted <= MAX) {
                return wanted;
            }
        }
        throw new InvalidFieldException("limit", "must be a number from 1 to " + MAX);
    }

    /** The id that a caller gave as {@code after}; null when it gave none. */
    private static @Nullable UUID cursor(@Nullable String after) {
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("after", "must be what the page before gave as next");
        }
    }

    /** A list of the newest items that is read page by page. */
    public interface Source<T> {
        List<T> newest(int max, @Nullable UUID before);
    }

    /** The page that a caller asked for by {@code limit} and {@code after}. */
    public static <T, V> Page<V> of(
            Source<T> source,
            @Nullable String limit,
            @Nullable String after,
            Function<T, UUID> id,
            Function<T, V> view) {
        var wanted = limit(limit);
        return cut(source.newest(wanted + 1, cursor(after)), wanted, id, view);
    }

    private static <T, V> Page<V> cut(List<T> read, int limit, Function<T, UUID> id, Function<T, V> view) {
        var items = read.subList(0, Math.min(limit, read.size()));
        var next = read.size() > limit ? id.apply(items.getLast()).toString() : null;
        return new Page<>(items.stream().map(view).toList(), next);
    }
}
