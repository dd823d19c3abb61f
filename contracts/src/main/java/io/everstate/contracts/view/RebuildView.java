package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A second projection of the log, made beside the first one to take its place.
 *
 * @param status FOLDING, COMPARED, SWITCHING, SWITCHED, ROLLING_BACK; at the end CONFIRMED, ROLLED_BACK, CANCELLED or FAILED
 * @param changedAt when it came to this status
 * @param differences of how many bots the two differ; absent before they were compared
 * @param accepted why it was to be switched although they differ
 * @param note what a person should know of how it came to this status
 * @param progress while it is folded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildView(
        UUID id,
        String status,
        String reason,
        String startedBy,
        Instant startedAt,
        Instant changedAt,
        @Nullable Long differences,
        @Nullable String accepted,
        @Nullable String note,
        @Nullable Progress progress) {

    /**
     * @param folded how many of the log's offsets are folded
     * @param total how many the first projection has folded
     * @param left the time that the rest takes at this rate; absent while nothing is known of the rate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(
            long folded,
            long total,
            int percent,
            long recordsPerSecond,
            @Nullable Duration left) {}
}
