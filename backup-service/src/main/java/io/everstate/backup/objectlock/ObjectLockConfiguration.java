package io.everstate.backup.objectlock;

import io.everstate.backup.store.ObjectLock;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** Whether and for how long the bucket is to refuse the deletion of backups. */
@ConfigMapping(prefix = "everstate.object-lock")
public interface ObjectLockConfiguration {
    /** Of new locks. Not given: nothing is locked. With COMPLIANCE nobody can delete a backup before its time, whatever it costs. */
    Optional<ObjectLock.Mode> mode();

    /** How long a completed backup is locked, and all that it is built upon with it, from the time on at which it was asked for. */
    @WithDefault("${everstate.retention.days:30}")
    @Min(1)
    @Max(36_500)
    int days();

    /** How often it is seen what is to be locked. */
    @WithDefault("10s")
    String lookEvery();
}
