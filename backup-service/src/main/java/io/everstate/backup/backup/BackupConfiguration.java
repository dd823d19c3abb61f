package io.everstate.backup.backup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How a backup is taken. */
@ConfigMapping(prefix = "everstate.backup")
public interface BackupConfiguration {
    /** For copies of single files larger than 1 MiB while they are archived, and for the bots' state. Needs room for the largest. */
    @WithDefault("${java.io.tmpdir}/everstate-spool")
    Path spoolDirectory();

    /** How often what failed backups left in the storage is looked for. */
    @WithDefault("10s")
    Duration sweepEvery();

    /** How often the progress of a running backup is written down. */
    @WithDefault("1s")
    Duration progressEvery();
}
