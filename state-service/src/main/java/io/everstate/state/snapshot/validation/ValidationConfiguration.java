package io.everstate.state.snapshot.validation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often stored snapshots are looked at again. */
@ConfigMapping(prefix = "everstate.snapshot-validation")
interface ValidationConfiguration {
    /** From one look to the next, of all replicas together; each is at one snapshot, the one that was not looked at for longest. */
    @WithDefault("5m")
    Duration every();

    /** The name of this replica, for people who look at who looks; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();
}
