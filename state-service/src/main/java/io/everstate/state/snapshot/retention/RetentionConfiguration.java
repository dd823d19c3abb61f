package io.everstate.state.snapshot.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How long snapshots are kept. */
@ConfigMapping(prefix = "everstate.snapshot-retention")
interface RetentionConfiguration {
    /** What is older than that, seen from the newest snapshot, may go. */
    @WithDefault("168h")
    Duration maxAge();

    /** So many valid ones of each kind stay, however old they are. */
    @WithDefault("5")
    @Min(1)
    int atLeast();

    /** How often old ones are deleted. */
    @WithDefault("1h")
    Duration every();
}
