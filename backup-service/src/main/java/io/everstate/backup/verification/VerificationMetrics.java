package io.everstate.backup.verification;

import io.everstate.contracts.backup.VerificationView.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code everstate.verification.archives} (archives that were read, by result), {@code everstate.verification.read} (bytes) and
 * {@code everstate.verification.oldest} (how long ago the backup was read that was not read for the longest time).
 */
@Singleton
class VerificationMetrics {
    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final Counter read;
    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

    VerificationMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.read = Counter.builder("everstate.verification.read")
                .description("Stored bytes that were read to verify them")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("everstate.verification.oldest", () -> age(clock.instant()))
                .description("How long ago the completed backup was read that was not read for the longest time")
                .baseUnit("seconds")
                .register(registry);
    }

    void found(Finding finding) {
        Counter.builder("everstate.verification.archives")
                .description("Archives that were read to verify them")
                .tag("result", finding.result().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry)
                .increment();
        read.increment((double) finding.bytes());
    }

    /** @param verifiedAt empty when there is no backup */
    void oldest(Optional<Instant> verifiedAt) {
        oldest.set(verifiedAt.orElse(null));
    }

    private double age(Instant now) {
        var at = oldest.get();
        return at == null ? 0 : Duration.between(at, now).toMillis() / MILLIS;
    }
}
