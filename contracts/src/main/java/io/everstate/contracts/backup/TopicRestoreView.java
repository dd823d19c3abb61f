package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is made again from its segments, or a check of all of them.
 *
 * @param topic the one that is written; null for a check
 * @param partitions those that were begun, in order
 * @param failure what is wrong with the archive or in the way; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicRestoreView(
        UUID id,
        String topicId,
        @Nullable String topic,
        Status status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<Partition> partitions,
        @Nullable String failure) {
    public TopicRestoreView {
        partitions = List.copyOf(partitions);
    }

    public enum Status {
        RUNNING,
        /** Every segment was read and checked; of a restore the topic was read and compared record by record too. */
        COMPLETED,
        FAILED
    }

    /**
     * @param endOffset behind the last record that is done
     * @param sha256 of the digests of all its records, in their order
     */
    public record Partition(int partition, long endOffset, long records, long segments, String sha256) {}
}
