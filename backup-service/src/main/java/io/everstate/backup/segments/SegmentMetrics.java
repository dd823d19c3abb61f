package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LogPartition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** {@code everstate.segments.*}: what was stored, what failed, and by partition how many records wait and for how long. */
@Singleton
class SegmentMetrics {
    private final Counter bytes;
    private final Counter records;
    private final Counter failures;
    private final MultiGauge lagRecords;
    private final MultiGauge lagSeconds;
    private final Clock clock;

    SegmentMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.bytes = Counter.builder("everstate.segments.stored")
                .description("Stored size of segments that were read back")
                .baseUnit("bytes")
                .register(registry);
        this.records = Counter.builder("everstate.segments.records")
                .description("Records that were archived")
                .register(registry);
        this.failures = Counter.builder("everstate.segments.failures")
                .description("Attempts to archive that failed")
                .register(registry);
        this.lagRecords = MultiGauge.builder("everstate.segments.lag.records")
                .description("Records that wait for the archive")
                .register(registry);
        this.lagSeconds = MultiGauge.builder("everstate.segments.lag")
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(registry);
    }

    void stored(PackedSegment packed) {
        bytes.increment(packed.file().remaining());
        records.increment(packed.header().records());
    }

    void failed() {
        failures.increment();
    }

    /** @param looks which go on changing: the gauges are of what they are when somebody asks */
    void looked(Map<LogPartition, PartitionLook> looks) {
        lagRecords.register(gauges(looks, PartitionLook::waiting), true);
        lagSeconds.register(gauges(looks, look -> look.waitingSeconds(clock.instant())), true);
    }

    private static List<MultiGauge.Row<?>> gauges(
            Map<LogPartition, PartitionLook> looks, ToDoubleFunction<PartitionLook> value) {
        return looks.keySet().stream()
                .<MultiGauge.Row<?>>map(partition -> MultiGauge.Row.of(tags(partition), partition, asked -> {
                    var look = looks.get(asked);
                    return look == null ? 0 : value.applyAsDouble(look);
                }))
                .toList();
    }

    private static Tags tags(LogPartition partition) {
        return Tags.of("partition", String.valueOf(partition.partition()));
    }
}
