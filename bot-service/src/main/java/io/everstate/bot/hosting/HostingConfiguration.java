package io.everstate.bot.hosting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The runs of the bots. */
@ConfigMapping(prefix = "everstate.hosting")
public interface HostingConfiguration {
    /** A bot that should run and does not for this long is an event, and an alert. */
    @WithDefault("PT30S")
    Duration returnDeadline();
}
