package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

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

    /**
     * When which kind is taken of which workspace, by cron expressions of five fields: {@code everstate.schedule.cron.default.full=0 2 * * *}. Where there is
     * one for FULL or INCREMENTAL, its interval says nothing for that workspace.
     */
    Map<String, Map<BackupKind, String>> cron();

    /** In which the expressions are read. */
    @WithDefault("UTC")
    ZoneId zone();

    /** Each workspace and kind is late by a time of its own, always the same, that is shorter than this: so not all begin at once. */
    @WithDefault("0s")
    Duration jitter();

    /** How long after one that failed another is tried, when one is due; by a cron expression twice as long after each further one. */
    @WithDefault("5m")
    Duration retryAfter();

    /** How often the backup of one time of a cron expression is tried, the first one counted. When the next time comes it is over with the old one. */
    @WithDefault("4")
    @Min(1)
    int tries();

    /** How often it is seen whether one is due. */
    @WithDefault("30s")
    Duration lookEvery();
}
