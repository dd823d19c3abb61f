package io.everstate.recovery.run;

import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.run.Run.Completed;
import io.everstate.recovery.run.Run.Failed;
import io.everstate.recovery.run.Run.Running;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** Counts disasters and runs, and how long detection and recovery took. */
final class RecoveryMetrics {
    private static final String TYPE = "type";

    private final MeterRegistry registry;

    RecoveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void opened(Disaster disaster) {
        var type = disaster.type().name();
        registry.counter("everstate.disasters", TYPE, type).increment();
        registry.timer("everstate.disaster.detection", TYPE, type)
                .record(Duration.between(disaster.beganAt(), disaster.detectedAt()));
    }

    void ended(Run run) {
        switch (run) {
            case Running running -> {}
            case Completed completed -> ended(completed.disaster(), "COMPLETED", completed.finishedAt());
            case Failed failed -> ended(failed.disaster(), "FAILED", failed.finishedAt());
        }
    }

    private void ended(Disaster disaster, String outcome, Instant at) {
        var type = disaster.type().name();
        registry.counter("everstate.runs", TYPE, type, "outcome", outcome).increment();
        registry.timer("everstate.run.recovery", TYPE, type, "outcome", outcome)
                .record(Duration.between(disaster.detectedAt(), at));
    }
}
