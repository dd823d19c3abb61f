package io.everstate.bot.hosting;

import io.everstate.bot.ownership.Succession;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What Prometheus sees of the bots. */
final class FleetMetrics {
    private final MeterRegistry registry;
    private final Counter applied;
    private final Counter fenced;
    private final Counter foreign;
    private final AtomicInteger running;

    FleetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.applied = registry.counter("everstate.bot.events.applied");
        this.fenced = registry.counter("everstate.bot.events.fenced");
        this.foreign = registry.counter("everstate.bot.events.foreign");
        this.running = registry.gauge("everstate.bots.running", new AtomicInteger());
    }

    void applied() {
        applied.increment();
    }

    /** Records that the fold skipped, also those met again while catching up after a start. */
    void skipped(SkipReason reason) {
        registry.counter("everstate.bot.events.skipped", "reason", inLowerCase(reason))
                .increment();
    }

    /** A partition has this replica for its owner. */
    void succeeded(Succession kind) {
        registry.counter("everstate.bot.successions", "kind", inLowerCase(kind)).increment();
    }

    private static String inLowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Met by the owner, not while it caught up: somebody writes who is not the owner any more. */
    void fenced() {
        fenced.increment();
    }

    /** Records that are not ours, also those met again while catching up after a start. */
    void foreign() {
        foreign.increment();
    }

    void running(int bots) {
        running.set(bots);
    }
}
