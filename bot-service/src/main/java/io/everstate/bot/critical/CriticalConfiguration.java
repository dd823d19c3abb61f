package io.everstate.bot.critical;

import io.everstate.contracts.backup.BackupKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is asked of backup-service before a configuration is changed, a bot is started, imported, restored or deleted. */
@ConfigMapping(prefix = "everstate.critical-changes")
interface CriticalConfiguration {
    /** REQUIRED: without a backup the change is refused. BEST_EFFORT: it is made all the same, and the answer says so. OFF: none is asked for. */
    @WithDefault("BEST_EFFORT")
    Policy backup();

    /** Not given: there is nobody to ask. */
    Optional<URI> backupService();

    /** Which is backed up. */
    @WithDefault("default")
    String workspace();

    @WithDefault("STATE_ONLY")
    BackupKind kind();

    /** How long a change waits for its backup to be read back, its turn to ask included; whole seconds. */
    @WithDefault("10S")
    Duration deadline();

    /** How long after it was asked for first a backup counts for further changes, too. Zero: only for those that waited when it was asked for. */
    @WithDefault("1M")
    Duration covers();

    /** How long one that failed is left alone: each change would wait for it else. */
    @WithDefault("10S")
    Duration askAgain();

    /** Names of callers that have a way back of their own: their changes are not waited with. */
    @WithDefault("state-service,recovery-service")
    Set<String> except();

    enum Policy {
        REQUIRED,
        BEST_EFFORT,
        OFF
    }
}
