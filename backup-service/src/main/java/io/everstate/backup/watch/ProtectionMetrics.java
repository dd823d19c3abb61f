package io.everstate.backup.watch;

import io.everstate.contracts.backup.ProtectionView;
import io.everstate.contracts.backup.ProtectionView.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * {@code everstate.backup.age} (of the newest verified one, by workspace and kind), {@code everstate.backup.too.old} (1 or 0, by workspace) and
 * {@code everstate.backup.proven.age} (since a drill restored one, by workspace).
 */
@Singleton
class ProtectionMetrics {
    private static final double MILLIS = 1000;

    private final MultiGauge age;
    private final MultiGauge tooOld;
    private final MultiGauge provenAge;
    private final Clock clock;

    ProtectionMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.age = MultiGauge.builder("everstate.backup.age")
                .description("How long ago the newest verified backup was taken")
                .baseUnit("seconds")
                .register(registry);
        this.tooOld = MultiGauge.builder("everstate.backup.too.old")
                .description("1 where there is no verified FULL that is not too old, else 0")
                .register(registry);
        this.provenAge = MultiGauge.builder("everstate.backup.proven.age")
                .description("How long ago a drill restored a backup")
                .baseUnit("seconds")
                .register(registry);
    }

    void looked(List<ProtectionView> views) {
        age.register(
                views.stream()
                        .flatMap(view -> view.newest().stream()
                                .map(point -> since(
                                        Tags.of(
                                                "workspace",
                                                view.workspace(),
                                                "kind",
                                                point.kind().name().toLowerCase(Locale.ROOT)),
                                        point.takenAt())))
                        .toList(),
                true);
        tooOld.register(
                views.stream()
                        .map(view -> Row.of(Tags.of("workspace", view.workspace()), view.state() == State.OK ? 0 : 1))
                        .toList(),
                true);
        provenAge.register(
                views.stream()
                        .filter(view -> view.lastProven() != null)
                        .map(view -> since(
                                Tags.of("workspace", view.workspace()),
                                Objects.requireNonNull(view.lastProven()).at()))
                        .toList(),
                true);
    }

    private Row<Instant> since(Tags tags, Instant then) {
        return Row.of(tags, then, at -> Duration.between(at, clock.instant()).toMillis() / MILLIS);
    }
}
