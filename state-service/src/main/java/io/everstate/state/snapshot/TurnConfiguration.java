package io.everstate.state.snapshot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How replicas take turns with taking snapshots. */
@ConfigMapping(prefix = "everstate.snapshot")
interface TurnConfiguration {
    /** So long a replica that died in a snapshot keeps others from taking one. */
    @WithDefault("20s")
    Duration lease();

    /** A replica that takes longer over one hangs, and another takes its place; longer than the largest takes. */
    @WithDefault("15m")
    Duration longest();

    /** The name of this replica, for people who look at who takes the snapshots; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();

    /** So long a requested one, and the way back of a restore, waits for one that is being taken; then 503. */
    @WithDefault("30s")
    Duration patience();
}
