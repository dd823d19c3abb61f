package io.everstate.recovery.plan.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long one advance may go on before the run is stored again: well below the lease, so that no other replica takes over meanwhile. */
record Budget(Clock clock, Instant end) {
    private static final Duration LENGTH = Duration.ofSeconds(2);

    static Budget begun(Clock clock) {
        return new Budget(clock, clock.instant().plus(LENGTH));
    }

    boolean isSpent() {
        return clock.instant().isAfter(end);
    }
}
