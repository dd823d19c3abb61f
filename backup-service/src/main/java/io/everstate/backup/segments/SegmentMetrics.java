package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LogPartition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

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
        records.increment(packed.segment().header().records());
    }

    void failed() {
        failures.increment();
    }

    void looked(Map<LogPartition, PartitionLook> looks) {
        lagRecords.register(
                looks.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(tags(entry.getKey()), entry.getValue(), PartitionLook::waiting))
                        .toList(),
                true);
        lagSeconds.register(
                looks.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(
                                tags(entry.getKey()), entry.getValue(), look -> look.waitingSeconds(clock.instant())))
                        .toList(),
                true);
    }

    private static Tags tags(LogPartition partition) {
        return Tags.of("partition", String.valueOf(partition.partition()));
    }
}
