package io.everstate.backup.comparison;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** When the bucket is held against the catalogue, and what a sweep leaves alone. */
@ConfigMapping(prefix = "everstate.comparison")
public interface ComparisonConfiguration {
    /** Each day, in UTC; made up for once after a time in which nothing ran. */
    @WithDefault("02:00")
    LocalTime time();

    /** How often it is seen whether that time has come; {@code off} where nothing is compared by itself. */
    @WithDefault("5m")
    String lookEvery();

    /** How long after one that came by itself failed it is tried again, and a check of seals that came with it. */
    @WithDefault("5m")
    Duration retryAfter();

    /** Objects that were written later than that ago are no orphans yet, whatever the catalogue says. */
    @WithDefault("1d")
    Duration grace();
}
