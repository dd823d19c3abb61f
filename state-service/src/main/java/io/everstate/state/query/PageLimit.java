package io.everstate.state.query;

import io.everstate.state.platform.Invalid;
import org.jspecify.annotations.Nullable;

/** How many items of a page somebody wants. */
record PageLimit(int items) {
    static final int STANDARD = 100;
    static final int MAX = 500;

    PageLimit {
        if (items < 1 || items > MAX) {
            throw Invalid.field("limit", "must be between 1 and " + MAX);
        }
    }

    /** @param text null for the standard */
    static PageLimit of(@Nullable String text) {
        try {
            return new PageLimit(text == null ? STANDARD : Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw Invalid.field("limit", "must be a whole number");
        }
    }
}
