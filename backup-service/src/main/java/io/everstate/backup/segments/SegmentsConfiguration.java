package io.everstate.backup.segments;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
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

    /** Bytes of records after which a segment is full, and the next one begins at once; fewer than 32M. */
    @WithDefault("2M")
    MemorySize size();

    /** Bytes of records that were read and are not archived yet, of all partitions together: where there are as many, reading waits. */
    @WithDefault("16M")
    MemorySize memory();

    /** How many segments are stored at a time, each of another partition; each takes up to four times its packed size besides. */
    @WithDefault("4")
    @Min(1)
    int writers();

    /** How many segments are read at a time for those who ask for their records; each takes several times its size of memory. */
    @WithDefault("2")
    @Min(1)
    int readers();

    /** How long records may wait for the archive before it is late. */
    @WithDefault("30s")
    Duration lateAfter();

    /** How long Kafka may take to answer, and how long who asks for a segment's records waits for others to have theirs. */
    @WithDefault("5s")
    Duration deadline();

    @WithDefault("everstate.bot.events")
    String topic();
}
