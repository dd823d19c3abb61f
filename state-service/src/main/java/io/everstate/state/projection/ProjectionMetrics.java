package io.everstate.state.projection;

import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.SkipCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What this replica committed since it started; the partitions' rows keep the same counts for ever. */
@Singleton
final class ProjectionMetrics {
    private static final String SKIPPED = "everstate.projection.skipped";

    private final MeterRegistry registry;
    private final Counter records;
    private final Counter trades;
    private final Timer commits;

    ProjectionMetrics(MeterRegistry registry, ProjectionStatus status) {
        this.registry = registry;
        this.records = registry.counter("everstate.projection.records");
        this.trades = registry.counter("everstate.projection.trades");
        this.commits = registry.timer("everstate.projection.commits");
        registry.gauge(
                "everstate.projection.parked.bots", status, now -> now.parked().size());
        committed(SkipCounts.NONE);
    }

    <T> T timed(Supplier<T> commit) {
        var begin = System.nanoTime();
        try {
            return commit.get();
        } finally {
            commits.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        }
    }

    void committed(FoldedBatch batch) {
        records.increment((double) (batch.end() - batch.start()));
        trades.increment(batch.trades().size());
        committed(batch.skipped());
        count("foreign", batch.foreign());
    }

    private void committed(SkipCounts skipped) {
        count("stale-claim", skipped.staleClaims());
        count("fenced", skipped.fenced());
        count("duplicate", skipped.duplicates());
        count("gap", skipped.gaps());
        count("refused", skipped.refused());
        count("parked", skipped.parked());
    }

    private void count(String reason, long records) {
        registry.counter(SKIPPED, "reason", reason).increment((double) records);
    }
}
