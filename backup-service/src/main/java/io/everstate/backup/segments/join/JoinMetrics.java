package io.everstate.backup.segments.join;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** {@code everstate.segments.join*}: what was joined and removed by this replica, and what failed. */
@Singleton
class JoinMetrics {
    private final Counter joined;
    private final Counter removed;
    private final Counter failures;

    JoinMetrics(MeterRegistry registry) {
        this.joined = Counter.builder("everstate.segments.joined")
                .description("Segments that became part of larger ones")
                .register(registry);
        this.removed = Counter.builder("everstate.segments.joined.removed")
                .description("Objects of such segments that were removed")
                .register(registry);
        this.failures = Counter.builder("everstate.segments.join.failures")
                .description("Attempts to join segments, or to remove what was joined, that failed")
                .register(registry);
    }

    void joined(int segments) {
        joined.increment(segments);
    }

    void removed() {
        removed.increment();
    }

    void failed() {
        failures.increment();
    }
}
