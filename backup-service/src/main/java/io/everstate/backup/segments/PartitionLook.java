package io.everstate.backup.segments;

import io.everstate.backup.segments.EventTopic.Bounds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a partition was seen last by this replica.
 *
 * @param at when its log was asked
 * @param archivedTo where the archive ended then
 * @param waitingSince when the records in front of {@code waitingEnd} were seen first, of which the archive has not all; null when it has
 * @param failure why the last attempt failed; null otherwise
 */
record PartitionLook(
        Bounds bounds,
        Instant at,
        long archivedTo,
        @Nullable Instant waitingSince,
        long waitingEnd,
        @Nullable String failure) {

    static PartitionLook first(Bounds bounds, long archivedTo, Instant now) {
        return new PartitionLook(bounds, now, archivedTo, bounds.end() > archivedTo ? now : null, bounds.end(), null);
    }

    PartitionLook again(Bounds now, long archived, Instant at) {
        var still = waitingSince != null && archived < waitingEnd;
        var fresh = first(now, archived, at);
        return still
                ? new PartitionLook(now, at, archived, waitingSince, waitingEnd, failure)
                : new PartitionLook(now, at, archived, fresh.waitingSince(), fresh.waitingEnd(), failure);
    }

    PartitionLook with(@Nullable String reason) {
        return new PartitionLook(bounds, at, archivedTo, waitingSince, waitingEnd, reason);
    }

    /** All in front of that is archived now; where that is all there is, nothing fails any more. */
    PartitionLook archived(long end, Instant now) {
        var log = new Bounds(bounds.start(), Math.max(bounds.end(), end));
        var reason = end < log.end() ? failure : null;
        return new PartitionLook(log, at, archivedTo, waitingSince, waitingEnd, reason).again(log, end, now);
    }

    /** Records. */
    long waiting() {
        return Math.max(0, bounds.end() - archivedTo);
    }

    double waitingSeconds(Instant now) {
        return waitingSince == null ? 0 : Duration.between(waitingSince, now).toMillis() / 1000.0;
    }

    /** Whether records that wait have done so for longer than that. */
    boolean late(long archived, Instant now, Duration limit) {
        return waitingSince != null
                && archived < waitingEnd
                && Duration.between(waitingSince, now).compareTo(limit) > 0;
    }
}
