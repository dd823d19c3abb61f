package io.everstate.backup.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events leave for Kafka. */
@ConfigMapping(prefix = "everstate.outbox")
interface OutboxConfiguration {
    /** How often events that wait are looked for. */
    @WithDefault("1s")
    Duration poll();

    /** How many are sent in one go. */
    @WithDefault("100")
    int batch();

    /** How long Kafka may take to acknowledge one event; then it is tried again at the next look. */
    @WithDefault("10s")
    Duration timeout();

    /** Partitions of everstate.backup.events when this service makes the topic. */
    @WithDefault("3")
    int partitions();

    /** Copies of everstate.backup.events when this service makes the topic. */
    @WithDefault("1")
    short replication();
}
