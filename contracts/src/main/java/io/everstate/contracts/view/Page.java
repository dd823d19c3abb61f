package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.log.Parking;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param next what to give as {@code after} for the following page; null at the end
 * @param degraded null when all of it is as it is now; who acts by a list must not act by one that is degraded
 * @param parked why bots are not followed any more, by their ids; one that was parked at its first record is here only; null when none is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        List<T> items,
        @Nullable String next,
        @Nullable Degradation degraded,
        @Nullable Map<String, Parking> parked) {

    /** As it is now. */
    public Page(List<T> items, @Nullable String next) {
        this(items, next, null, null);
    }

    public Page(List<T> items, @Nullable String next, @Nullable Degradation degraded) {
        this(items, next, degraded, null);
    }
}
