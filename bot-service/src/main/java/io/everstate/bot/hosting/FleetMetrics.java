package io.everstate.bot.hosting;

import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What Prometheus sees of the bots. */
final class FleetMetrics {
    private final MeterRegistry registry;
    private final Counter applied;
    private final AtomicInteger running;

    FleetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.applied = registry.counter("everstate.bot.events.applied");
        this.running = registry.gauge("everstate.bots.running", new AtomicInteger());
    }

    void applied() {
        applied.increment();
    }

    /** Records that the fold skipped, also those met again while catching up after a start. */
    void skipped(SkipReason reason) {
        registry.counter("everstate.bot.events.skipped", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void running(int bots) {
        running.set(bots);
    }
}
