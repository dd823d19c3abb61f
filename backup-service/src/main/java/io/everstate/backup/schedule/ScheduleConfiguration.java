package io.everstate.backup.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Backups that are taken without being asked for, of every workspace. */
@ConfigMapping(prefix = "everstate.schedule")
public interface ScheduleConfiguration {
    /** Whether STATE_ONLY is taken when the service starts. */
    @WithDefault("true")
    boolean atStart();

    /**
     * How old the newest FULL may get before another is taken. Without one it is taken at once, of an empty workspace this long after the
     * start. Zero: none is taken.
     */
    @WithDefault("6h")
    Duration fullEvery();

    /**
     * How old the newest FULL or INCREMENTAL may get before an INCREMENTAL is taken; where it finds nothing to be built upon it is a FULL. None is asked
     * for while anything of the workspace is being backed up. Zero: none is taken.
     */
    @WithDefault("0s")
    Duration incrementalEvery();

    /** How long after one that failed another is tried, when one is due. */
    @WithDefault("5m")
    Duration retryAfter();

    /** How often it is seen whether one is due. */
    @WithDefault("30s")
    Duration lookEvery();
}
