package io.everstate.bot.replica;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How replicas ask each other. */
@ConfigMapping(prefix = "everstate.replica")
interface ReplicaConfiguration {
    /** How long another replica may take to answer. Must be above the command deadline, or its answers are not waited for. */
    @WithDefault("5S")
    Duration timeout();
}
