package io.everstate.backup.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica that works on a workspace is told from one that ended. */
@ConfigMapping(prefix = "everstate.lease")
public interface LeaseConfiguration {
    /** After how long without a heartbeat another replica may take a workspace over; at least three times the heartbeat. */
    @WithDefault("15s")
    Duration ttl();

    @WithDefault("3s")
    Duration heartbeat();

    /** How often work that waits is looked for. */
    @WithDefault("1s")
    Duration poll();

    /** How many workspaces are worked on at a time by this replica; 0 or less: none, it only answers. */
    @WithDefault("2")
    int maxConcurrent();

    /** How long a stopping service waits for work to end; what has not ended then is cleaned up at the next start. */
    @WithDefault("5s")
    Duration shutdown();
}
