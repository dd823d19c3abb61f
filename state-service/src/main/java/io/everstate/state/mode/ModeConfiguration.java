package io.everstate.state.mode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the system's mode is heard of. */
@ConfigMapping(prefix = "everstate.mode")
interface ModeConfiguration {
    /** While there is no such topic nothing is known of the mode. */
    @WithDefault("everstate.system.mode")
    String topic();

    /** How often it is looked whether it changed. */
    @WithDefault("1s")
    Duration poll();
}
