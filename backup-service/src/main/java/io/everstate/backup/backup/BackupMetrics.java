package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** {@code everstate.backups} (duration and number, by kind and outcome) and {@code everstate.backup.archive} (bytes). */
@Singleton
final class BackupMetrics {
    private final MeterRegistry registry;

    BackupMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(Backup end, Instant startedAt, Instant endedAt) {
        var kind = end.head().kind().name().toLowerCase(Locale.ROOT);
        Timer.builder("everstate.backups")
                .description("Backups that ended")
                .tag("kind", kind)
                .tag("outcome", end instanceof Completed ? "completed" : "failed")
                .register(registry)
                .record(Duration.between(startedAt, endedAt));
        if (end instanceof Completed completed) {
            DistributionSummary.builder("everstate.backup.archive")
                    .description("Stored size of completed backups")
                    .baseUnit("bytes")
                    .tag("kind", kind)
                    .register(registry)
                    .record((double) completed.archive().bytes());
        }
    }
}
