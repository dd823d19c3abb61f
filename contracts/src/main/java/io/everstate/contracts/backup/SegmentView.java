package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive records of one partition of the event log, in the archive or lost to it.
 *
 * @param topicId Kafka's own, which a topic that is made anew does not share
 * @param lastOffset of its last record
 * @param firstTime the earliest time stamp of its records, and {@code lastTime} the latest; null for lost ones
 * @param bytes as stored, and {@code sha256} theirs; null for lost ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentView(
        String topicId,
        int partition,
        long firstOffset,
        long lastOffset,
        Status status,
        int records,
        @Nullable Instant firstTime,
        @Nullable Instant lastTime,
        @Nullable String objectName,
        @Nullable Long bytes,
        @Nullable String sha256) {
    public enum Status {
        /** On its way; not to be relied on. */
        UPLOADING,
        /** In the bucket, and read back from there. */
        STORED,
        /** The log had thrown these records away before they were archived. */
        LOST
    }
}
