package io.everstate.state.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What is written down of the system as a whole. */
@ConfigMapping(prefix = "everstate.history")
interface HistoryConfiguration {
    /**
     * How often a replica shows that it lives, and looks whether the present minute is written down. Longer than a minute leaves minutes
     * out.
     */
    @WithDefault("5s")
    Duration interval();

    /** A replica that showed nothing for that long does not live any more: one that starts then begins a new run of the system. */
    @WithDefault("20s")
    Duration lease();

    /** How long minutes are kept. */
    @WithDefault("24h")
    Duration keepMinutes();

    /** How long hours are kept; for ever when it is not set. */
    Optional<Duration> keepHours();
}
