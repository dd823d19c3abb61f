package io.everstate.backup.objectlock;

import io.everstate.backup.catalogue.Backup.Completed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which locks are missing or end too soon: what a backup is built upon is kept at least as long as the backup. */
final class LockPlan {
    private final Map<UUID, Completed> backups;
    private final Map<UUID, Instant> wanted = new HashMap<>();

    private LockPlan(List<Completed> backups) {
        this.backups = backups.stream()
                .collect(Collectors.toMap(backup -> backup.head().id(), Function.identity()));
    }

    /** @param until to the second */
    record Wish(Completed backup, Instant until) {}

    /**
     * @param backups all that are completed
     * @param locked until when each is locked that is
     * @param howLong from the time on at which a backup was asked for
     */
    static List<Wish> of(List<Completed> backups, Map<UUID, Instant> locked, Duration howLong) {
        var plan = new LockPlan(backups);
        backups.forEach(backup -> plan.want(backup, howLong));
        return backups.stream()
                .map(backup -> new Wish(
                        backup,
                        Objects.requireNonNull(plan.wanted.get(backup.head().id()))))
                .filter(wish -> locked.getOrDefault(wish.backup().head().id(), Instant.MIN)
                        .isBefore(wish.until()))
                .toList();
    }

    private void want(Completed backup, Duration howLong) {
        var until = backup.head().requestedAt().plus(howLong).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        for (@Nullable Completed next = backup; next != null; next = base(next)) {
            wanted.merge(next.head().id(), until, LockPlan::later);
        }
    }

    private @Nullable Completed base(Completed backup) {
        var base = backup.head().link().base();
        return base == null ? null : backups.get(base);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
