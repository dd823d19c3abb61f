package io.everstate.bot.ownership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the replicas share the partitions. */
@ConfigMapping(prefix = "everstate.ownership")
public interface OwnershipConfiguration {
    /** Where Kafka answers. */
    @WithDefault("${kafka.bootstrap.servers}")
    String bootstrapServers();

    /**
     * Name of this replica in the consumer group. The same after a restart, so that it gets its partitions back at once; another for each
     * replica, or the two throw each other out.
     */
    @WithDefault("${HOSTNAME:localhost}-${quarkus.http.port}")
    String instance();

    /** Where the other replicas reach this one. */
    @WithDefault("http://127.0.0.1:${quarkus.http.port}")
    String advertisedAddress();

    /** Partitions of the events' topic, when it is made. A bot's partition follows from it, so it must not change later. */
    @WithDefault("12")
    @Min(1)
    @Max(1000)
    int partitions();

    /** Replicas of the topics, when they are made. From 3 on writes need two of them. */
    @WithDefault("1")
    @Min(1)
    short replicationFactor();

    /** After this long without a heartbeat the group gives a replica's partitions away. The broker allows 6 s to 30 min by default. */
    @WithDefault("6S")
    Duration sessionTimeout();

    /** A command that does not count by then is answered with 503; it may count later. */
    @WithDefault("4500MS")
    Duration commandDeadline();

    /** An event or claim that the log did not confirm by then counts as failed: the partition is given up and claimed anew. */
    @WithDefault("4S")
    Duration appendDeadline();
}
