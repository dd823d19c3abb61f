package io.everstate.state.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the log is asked about itself. */
@ConfigMapping(prefix = "everstate.log")
public interface EventLogConfiguration {
    /** Name of the bots' events; another one only where two suites share a Kafka cluster. */
    @WithDefault("everstate.bot.events")
    String topic();

    /** How long a question to Kafka may take; then the log counts as away. */
    @WithDefault("2s")
    Duration deadline();

    /** How long one look at the past may read; then it is refused, to be tried again. */
    @WithDefault("10s")
    Duration readDeadline();
}
