package io.everstate.state.restore.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The look at the start. */
@ConfigMapping(prefix = "everstate.start-look")
interface StartConfiguration {
    /** The name of this replica, under which what was found is written down; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();

    /** So long the states are looked at; of more than can be read in that time only the first are. */
    @WithDefault("60s")
    Duration states();
}
