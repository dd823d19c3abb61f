package io.everstate.state.restore.point;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long restores read. */
@ConfigMapping(prefix = "everstate.restore")
interface ReadingConfiguration {
    /** How long the log may take over one question of a restore, counted from the question; then the ladder is gone down. */
    @WithDefault("10m")
    Duration readDeadline();
}
