package io.everstate.state.past;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How bots' earlier states are found. */
@ConfigMapping(prefix = "everstate.past")
interface PastConfiguration {
    /**
     * By how much the clocks of two owners can differ: an event that is later than a wanted time by more than that ends the search. Shorter
     * than they differ, a state can be answered that misses an event of a clock that was slow.
     */
    @WithDefault("1m")
    Duration clockDifference();
}
