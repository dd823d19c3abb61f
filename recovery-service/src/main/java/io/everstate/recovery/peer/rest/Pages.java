package io.everstate.recovery.peer.rest;

import io.everstate.contracts.view.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a peer's pages to the end, or to a bound. */
final class Pages {
    static final int SIZE = 100;

    private Pages() {}

    static <T> List<T> all(int maxPages, Function<@Nullable String, Page<T>> source) {
        var items = new ArrayList<T>();
        String after = null;
        for (int read = 0; read < maxPages; read++) {
            var page = source.apply(after);
            items.addAll(page.items());
            after = page.next();
            if (after == null) {
                break;
            }
        }
        return items;
    }
}
