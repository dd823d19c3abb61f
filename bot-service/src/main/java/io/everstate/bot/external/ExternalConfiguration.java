package io.everstate.bot.external;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is expected of bots that run elsewhere. */
@ConfigMapping(prefix = "everstate.external")
interface ExternalConfiguration {
    /** A heartbeat that says nothing new is written into the log when the newest there is older than this; others stay in memory. */
    @WithDefault("1M")
    Duration heartbeatInterval();

    /**
     * A bot that sent heartbeats and is heard no more for this long counts as stopped until it is heard again. A bot that never sent one may
     * be silent for ever.
     */
    @WithDefault("5M")
    Duration silentAfter();
}
