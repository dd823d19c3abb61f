package io.everstate.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stops at the first look that finds its condition true. */
final class Stopwatch {

    private final Instant begun;
    private final BooleanSupplier condition;
    private @Nullable Duration time;

    Stopwatch(Instant begun, BooleanSupplier condition) {
        this.begun = begun;
        this.condition = condition;
    }

    /** Looks, unless it has stopped already. */
    boolean stopped() {
        if (time == null && condition.getAsBoolean()) {
            time = Duration.between(begun, Instant.now());
        }
        return time != null;
    }

    Duration time() {
        if (time == null) {
            throw new IllegalStateException("it still runs");
        }
        return time;
    }
}
