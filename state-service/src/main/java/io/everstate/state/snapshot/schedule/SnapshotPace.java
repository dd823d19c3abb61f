package io.everstate.state.snapshot.schedule;

import io.everstate.state.snapshot.store.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which snapshot is due, from what is recorded and not from what was missed: after a pause of any length one is due, not one for each
 * interval of it.
 *
 * @param full from one FULL snapshot to the next
 * @param incremental from any snapshot to the next
 * @param minGap shorter than that after another one none is due, whatever happens
 */
record SnapshotPace(Duration full, Duration incremental, Duration minGap) {
    /**
     * When the newest ones were taken.
     *
     * @param begun when looking began; counts while there is no snapshot
     */
    record Recorded(
            Instant begun,
            @Nullable Instant newest,
            @Nullable Instant newestFull) {}

    /** @param significant whether something happened that is worth a snapshot of its own */
    Optional<SnapshotKind> due(Recorded recorded, boolean significant, Instant now) {
        var newest = recorded.newest();
        if (newest != null && !passed(newest, minGap, now)) {
            return Optional.empty();
        }
        var newestFull = recorded.newestFull();
        if (passed(newestFull == null ? recorded.begun() : newestFull, full, now)) {
            return Optional.of(SnapshotKind.FULL);
        }
        return significant || passed(newest == null ? recorded.begun() : newest, incremental, now)
                ? Optional.of(SnapshotKind.INCREMENTAL)
                : Optional.empty();
    }

    /** The kind that comes next when nothing happens, and when it is due. Without a FULL one to build on it is a FULL one. */
    Next next(Recorded recorded, Instant now) {
        var newestFull = recorded.newestFull();
        var newest = recorded.newest();
        var nextFull = due(newestFull == null ? recorded.begun() : newestFull, full, now);
        var nextAny = due(newest == null ? recorded.begun() : newest, incremental, now);
        var earliest = newest == null ? Instant.MIN : due(newest, minGap, now);
        var before = nextFull.isAfter(nextAny);
        var kind = before && newestFull != null ? SnapshotKind.INCREMENTAL : SnapshotKind.FULL;
        var at = before ? nextAny : nextFull;
        return new Next(kind, at.isBefore(earliest) ? earliest : at);
    }

    private static Instant due(Instant since, Duration time, Instant now) {
        return now.isBefore(since) ? now : since.plus(time);
    }

    /** @param at in the past when it should have been taken already */
    record Next(SnapshotKind kind, Instant at) {}

    /** A clock that was set back must not stop the snapshots until it is there again: what lies in the future has passed. */
    private static boolean passed(Instant since, Duration time, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(time));
    }
}
