package io.everstate.state.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often it is looked how the parts of the system are, and what counts as well. */
@ConfigMapping(prefix = "everstate.health")
public interface HealthConfiguration {
    /** From one look at the services, and at what they need, to the next. */
    @WithDefault("15s")
    Duration interval();

    /** From one look at all bots to the next. */
    @WithDefault("1m")
    Duration botsEvery();

    /**
     * A bot that runs and did nothing for longer loses points, and has none left after three times that. bot-service writes a checkpoint of
     * each bot that runs, and a heartbeat of each that runs elsewhere, within five minutes.
     */
    @WithDefault("6m")
    Duration botQuiet();

    /** From so many events behind on state-service loses points; at ten times that it has none left. */
    @WithDefault("10000")
    long lagLimit();

    /** How long one question of a look may take; then it counts as not answered. */
    @WithDefault("2s")
    Duration deadline();

    /** A replica of state-service that was not seen for longer is gone, not ill. */
    @WithDefault("1h")
    Duration keepGone();

    /** The name of this replica, for people who look at who writes; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();
}
