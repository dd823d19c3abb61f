package io.everstate.backup.backup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** How a backup is taken. */
@ConfigMapping(prefix = "everstate.backup")
public interface BackupConfiguration {
    /**
     * For copies of single files larger than 1 MiB while they are archived, for the bots' state, and for copies of databases. Needs room for the largest,
     * and for the largest database three times.
     */
    @WithDefault("${java.io.tmpdir}/everstate-spool")
    Path spoolDirectory();

    /**
     * How long an SQLite database may refuse to be copied, since others lock it or write to it, and how long the check of its copy may take; then
     * it is copied byte by byte, and the manifest says so.
     */
    @WithDefault("30s")
    Duration sqliteDeadline();

    /** How long what was seen of a watched SQLite database that is written to holds: to look at it is to copy it. */
    @WithDefault("1m")
    Duration sqliteLookEvery();

    /** So many INCREMENTALs at most are built upon a FULL; then one that is asked for is taken as FULL. Zero: each is. */
    @WithDefault("24")
    @Min(0)
    int fullAfter();

    /** How often what failed backups left in the storage is looked for. */
    @WithDefault("10s")
    Duration sweepEvery();

    /** How often the progress of a running backup is written down. */
    @WithDefault("1s")
    Duration progressEvery();
}
