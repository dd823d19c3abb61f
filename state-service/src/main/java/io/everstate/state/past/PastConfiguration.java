package io.everstate.state.past;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How bots' earlier states are found. */
@ConfigMapping(prefix = "everstate.past")
interface PastConfiguration {
    /**
     * By how much the clocks of two owners can differ: an event that is later than a wanted time by more than that ends the search. Shorter
     * than they differ, a state can be answered that misses an event of a clock that was slow.
     */
    @WithDefault("1m")
    Duration clockDifference();

    /** So late that no event behind one of that time can be of that time or before it. */
    default Instant latest(Instant time) {
        try {
            return time.plus(clockDifference());
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }
}
