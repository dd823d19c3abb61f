package io.everstate.state.restore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How restores are carried out. */
@ConfigMapping(prefix = "everstate.restore")
interface RestoreConfiguration {
    /** How often it is looked whether a restore is to be gone on with; also the pause before something is tried again. */
    @WithDefault("1s")
    Duration poll();

    /** So long a replica that died keeps others from going on with its restore. */
    @WithDefault("45s")
    Duration lease();

    /** A replica that takes longer over one step hangs, and another goes on; longer than the largest snapshot takes, which is a step. */
    @WithDefault("15m")
    Duration longest();

    /** How often one bot's owner, or the log, may give no answer before that bot's part has failed. */
    @WithDefault("60")
    @Min(1)
    @Max(10_000)
    int attempts();

    /** The name of this replica, for people who look at who carries restores out; application.properties makes it the projection's. */
    @WithDefault("state-service-1")
    String owner();
}
