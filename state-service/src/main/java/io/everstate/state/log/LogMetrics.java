package io.everstate.state.log;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What looks at the past cost. */
@Singleton
final class LogMetrics {
    void register(@Observes StartupEvent event, MeterRegistry registry, PartitionLog log) {
        FunctionCounter.builder("everstate.log.read.records", log, read -> (double) read.shown())
                .description("records read again for questions about the past, restores and rebuilds")
                .register(registry);
    }
}
