package io.everstate.backup.bucket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the bucket is held against the catalogue. */
@ConfigMapping(prefix = "everstate.catalogue")
public interface BucketConfiguration {
    /** How often it is looked at without a reason, the first time at the start. Before anything is deleted it is looked at anyway. */
    @WithDefault("10m")
    Duration lookEvery();

    /** How long a look that found something unknown counts, so that what waits to be deleted does not list the bucket all the time. */
    @WithDefault("1m")
    Duration blockedFor();
}
