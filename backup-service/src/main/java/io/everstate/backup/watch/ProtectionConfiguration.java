package io.everstate.backup.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How old the newest verified FULL may get before somebody is told. */
@ConfigMapping(prefix = "everstate.protection")
public interface ProtectionConfiguration {
    /** Of every workspace. Not given: twice the distance at which FULLs come, by cron expression or {@code everstate.schedule.full-every}; where none comes by itself no age is judged. */
    Optional<Duration> backupTooOldAfter();

    /** What is said of single ones, by their names. */
    Map<String, OfWorkspace> workspaces();

    /** How often it is looked. */
    @WithDefault("30s")
    Duration lookEvery();

    /** Of one workspace. */
    interface OfWorkspace {
        Duration backupTooOldAfter();
    }
}
