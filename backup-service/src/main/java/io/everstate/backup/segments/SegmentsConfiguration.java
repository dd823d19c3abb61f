package io.everstate.backup.segments;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the event log is archived. */
@ConfigMapping(prefix = "everstate.segments")
interface SegmentsConfiguration {
    /** Where it is off, this replica archives nothing and only tells what there is. */
    @WithDefault("true")
    boolean enabled();

    /** How often what came into the log is archived: the most that is lost with the log, but for the time that storing takes. */
    @WithDefault("5s")
    Duration every();

    /** Bytes of records after which a segment is full, and the next one begins at once; it is held in memory about eight times. */
    @WithDefault("2M")
    MemorySize size();

    /** How long records may wait for the archive before it is late. */
    @WithDefault("30s")
    Duration lateAfter();

    /** How long Kafka may take to answer, and to give the next records. */
    @WithDefault("5s")
    Duration deadline();

    @WithDefault("everstate.bot.events")
    String topic();
}
