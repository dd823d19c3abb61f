package io.everstate.recovery.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Publishing to {@code everstate.recovery.events}. */
@ConfigMapping(prefix = "everstate.events")
interface EventConfig {
    /** Pause between two looks into the outbox; an event waits that long at most while Kafka is there. */
    @WithDefault("PT0.5S")
    Duration interval();

    /** Partitions of the topic when it is created here. */
    @WithDefault("3")
    @Min(1)
    @Max(1000)
    int partitions();

    /** Replicas of the topic when it is created here; as many brokers must be there. */
    @WithDefault("1")
    @Min(1)
    @Max(9)
    short replicas();

    /** How long the topic keeps an event when it is created here. */
    @WithDefault("P30D")
    Duration retention();
}
