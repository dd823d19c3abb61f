package io.everstate.backup.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code everstate.storage.*}: how often a request was tried again, and whether the storage is asked at all: 0 as ever, 1 on trial, 2 it is left alone. */
@Singleton
class StorageCallMetrics {
    private final Counter retries;
    private final Counter openings;
    private final AtomicInteger breaker = new AtomicInteger();

    StorageCallMetrics(MeterRegistry registry) {
        this.retries = Counter.builder("everstate.storage.retries")
                .description("Requests to the object storage that were tried again")
                .register(registry);
        this.openings = Counter.builder("everstate.storage.breaker.openings")
                .description("How often the object storage was left alone after failures in a row")
                .register(registry);
        registry.gauge("everstate.storage.breaker", breaker);
    }

    void triedAgain() {
        retries.increment();
    }

    void breaker(CircuitBreakerState state) {
        breaker.set(
                switch (state) {
                    case CLOSED -> 0;
                    case HALF_OPEN -> 1;
                    case OPEN -> 2;
                });
        if (state == CircuitBreakerState.OPEN) {
            openings.increment();
        }
    }
}
