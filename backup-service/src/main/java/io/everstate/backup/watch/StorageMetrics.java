package io.everstate.backup.watch;

import io.everstate.contracts.backup.StorageView;
import io.everstate.contracts.backup.StorageView.Ended;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code everstate.storage.used} (by workspace and kind; segments have the kind {@code segments} and no workspace), {@code .capacity},
 * {@code .growth} and {@code .days.until.full} (NaN where nothing is known), and {@code everstate.backups.ended} (by days and outcome).
 */
@Singleton
class StorageMetrics {
    private final MultiGauge used;
    private final MultiGauge ended;
    private final MultiGauge capacity;
    private final MultiGauge growth;
    private final MultiGauge daysUntilFull;

    StorageMetrics(MeterRegistry registry) {
        this.used = MultiGauge.builder("everstate.storage.used")
                .description("What is stored")
                .baseUnit("bytes")
                .register(registry);
        this.ended = MultiGauge.builder("everstate.backups.ended")
                .description("Backups that were asked for in the last so many days and ended")
                .register(registry);
        this.capacity = MultiGauge.builder("everstate.storage.capacity")
                .description("What there is room for")
                .baseUnit("bytes")
                .register(registry);
        this.growth = MultiGauge.builder("everstate.storage.growth")
                .description("More than was removed, a day")
                .baseUnit("bytes")
                .register(registry);
        this.daysUntilFull = MultiGauge.builder("everstate.storage.days.until.full")
                .description("At that growth")
                .register(registry);
    }

    void looked(StorageView view) {
        one(capacity, view.capacityBytes());
        one(growth, view.growthBytesPerDay());
        one(daysUntilFull, view.daysUntilFull());
        var rows = new ArrayList<Row<?>>();
        view.backups()
                .forEach(part -> rows.add(Row.of(
                        Tags.of(
                                "workspace",
                                part.workspace(),
                                "kind",
                                part.kind().name().toLowerCase(Locale.ROOT)),
                        part.bytes())));
        rows.add(Row.of(
                Tags.of("workspace", "", "kind", "segments"), view.segments().bytes()));
        used.register(rows, true);
        ended.register(
                view.ended().stream()
                        .flatMap(period -> List.of(
                                row(period, "completed", period.completed()), row(period, "failed", period.failed()))
                                .stream())
                        .toList(),
                true);
    }

    private static void one(MultiGauge gauge, @Nullable Number known) {
        gauge.register(List.of(Row.of(Tags.empty(), known == null ? Double.NaN : known)), true);
    }

    private static Row<Number> row(Ended period, String outcome, long count) {
        return Row.of(Tags.of("days", String.valueOf(period.days()), "outcome", outcome), count);
    }
}
