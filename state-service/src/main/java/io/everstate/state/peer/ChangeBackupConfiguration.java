package io.everstate.state.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The backup before a change of many bots. */
@ConfigMapping(prefix = "everstate.change-backup")
interface ChangeBackupConfiguration {
    /**
     * How long bot-service may take to say that there is one; then nothing is changed. Longer than its own
     * {@code everstate.critical-changes.deadline}.
     */
    @WithDefault("30s")
    Duration deadline();
}
