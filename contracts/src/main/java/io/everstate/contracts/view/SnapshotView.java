package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.mode.SystemMode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of bots at one consistent cut of the log.
 *
 * @param kind FULL: of all bots; INCREMENTAL: of those that changed since its base
 * @param formatVersion of the content: 1 is gzip, 2 is zstd; both unpack to one bot's state as JSON a line
 * @param offsets next offset by partition: the cut
 * @param sha256 of the content, in hexadecimal
 * @param valid what the newest validation found
 * @param base what it builds on; absent of a FULL one
 * @param mode of the system when it was taken; absent where that was not known
 */
public record SnapshotView(
        UUID id,
        String kind,
        int formatVersion,
        Instant takenAt,
        Map<Integer, Long> offsets,
        long bots,
        long bytes,
        String sha256,
        boolean valid,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Base base,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SystemMode mode) {

    /** @param sha256 of the base's content when it was built on, in hexadecimal */
    public record Base(UUID id, String sha256) {}
}
