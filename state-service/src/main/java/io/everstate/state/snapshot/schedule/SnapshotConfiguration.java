package io.everstate.state.snapshot.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When snapshots are taken. */
@ConfigMapping(prefix = "everstate.snapshot")
interface SnapshotConfiguration {
    /** From one FULL snapshot to the next. The first comes one interval after the start. */
    @WithDefault("1h")
    Duration interval();

    /** How old the newest snapshot may be at the start; an older one is named in the log. */
    @WithDefault("2h")
    Duration staleAfter();
}
