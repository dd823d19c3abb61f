package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition of the event log is archived.
 *
 * @param archivedTo all in front of this offset is in the archive, but for the gaps
 * @param logStart the log's first offset, and {@code logEnd} the one behind its last record, at {@code lookedAt}; null when this replica has not seen
 *     that log
 * @param waitingSince since when records have waited for the archive; null when none do
 * @param gaps which records the archive does not have, the first ones first; at most 100 lost and 100 damaged ones
 * @param divergence why it is archived no further: the log is not the one that was archived; null otherwise
 * @param failure why the last attempt of this replica failed; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentPartitionView(
        String topic,
        String topicId,
        int partition,
        long archivedTo,
        @Nullable Long logStart,
        @Nullable Long logEnd,
        @Nullable Instant lookedAt,
        @Nullable Instant waitingSince,
        List<Gap> gaps,
        @Nullable String divergence,
        @Nullable String failure) {
    public SegmentPartitionView {
        gaps = List.copyOf(gaps);
    }

    /** Records that the archive does not have. */
    public record Gap(GapState state, long firstOffset, long lastOffset, long records) {}

    public enum GapState {
        /** Younger than the limit, or on its way. */
        UPLOADING,
        /** Older than the limit: the storage, the database or the archiver is away. */
        LATE,
        /** The log does not have it any more. */
        LOST,
        /** It was archived; when its object was read last, that was damaged or gone. */
        DAMAGED
    }
}
