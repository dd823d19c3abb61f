package io.everstate.backup.watch;

import io.everstate.backup.objectlock.BucketStatus;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.store.StorageConfiguration;
import io.everstate.contracts.backup.BackupEvent.StorageEased;
import io.everstate.contracts.backup.BackupEvent.StorageFilling;
import io.everstate.contracts.backup.StorageView;
import io.everstate.contracts.backup.StorageView.Backups;
import io.everstate.contracts.backup.StorageView.Segments;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How full the storage is, how fast it fills, and that it is told when a threshold is reached: once, however many look however often. */
@Singleton
class StorageWatch {
    private static final String SUBJECT = "storage";
    private static final String NONE = "0";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final StorageUse use;
    private final WatchedStates states;
    private final Outbox outbox;
    private final StorageConfiguration configuration;
    private final BucketStatus bucket;
    private final Clock clock;

    StorageWatch(
            StorageUse use,
            WatchedStates states,
            Outbox outbox,
            StorageConfiguration configuration,
            BucketStatus bucket,
            Clock clock) {
        this.use = use;
        this.states = states;
        this.outbox = outbox;
        this.configuration = configuration;
        this.bucket = bucket;
        this.clock = clock;
    }

    /** Tells of a change, if there is one; without a capacity there is none. */
    @Transactional
    void look() {
        fill(used(use.backups(), use.segments())).ifPresent(this::look);
    }

    private void look(Fill fill) {
        var now = clock.instant();
        var told = states.locked(SUBJECT, NONE, now);
        var before = Integer.parseInt(told.state);
        var level = fill.level(before, configuration.thresholds());
        if (level == before) {
            return;
        }
        told.state = String.valueOf(level);
        told.since = now;
        outbox.add(
                level > before
                        ? new StorageFilling(level, fill.used(), fill.capacity(), now)
                        : new StorageEased(before, fill.used(), fill.capacity(), now));
    }

    @Transactional
    StorageView view() {
        var now = clock.instant();
        var backups = use.backups();
        var segments = use.segments();
        var used = used(backups, segments);
        var fill = fill(used);
        var growth = growth(now);
        var told = Integer.parseInt(states.state(SUBJECT).orElse(NONE));
        return new StorageView(
                used,
                fill.map(Fill::capacity).orElse(null),
                fill.map(known -> (int) known.percent()).orElse(null),
                fill.map(known -> known.level(told, configuration.thresholds()))
                        .filter(level -> level > 0)
                        .orElse(null),
                growth,
                growth == null
                        ? null
                        : fill.flatMap(known -> known.until(growth)).orElse(null),
                backups,
                segments,
                List.of(use.ended((int) DAY.toDays(), now), use.ended((int) WEEK.toDays(), now)),
                bucket.view());
    }

    private Optional<Fill> fill(long used) {
        return configuration
                .capacity()
                .map(MemorySize::asLongValue)
                .filter(capacity -> capacity > 0)
                .map(capacity -> new Fill(used, capacity));
    }

    private static long used(List<Backups> backups, Segments segments) {
        return backups.stream().mapToLong(Backups::bytes).sum() + segments.bytes();
    }

    /** The first day says nothing: all there is came in it. */
    private @Nullable Long growth(Instant now) {
        var age = use.oldest().map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
        if (age.compareTo(DAY) < 0) {
            return null;
        }
        var during = age.compareTo(WEEK) < 0 ? age : WEEK;
        return Fill.perDay(use.grown(now.minus(during)), during);
    }
}
