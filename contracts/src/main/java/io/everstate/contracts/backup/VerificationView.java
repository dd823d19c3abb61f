package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Archives that are read from storage to their last byte.
 *
 * @param backupId the one that is read; null when it is all of the workspace
 * @param archives how many there were to read when it began
 * @param bytesTotal of all of them, as stored
 * @param percent of the bytes; 100 when there are none
 * @param bytesPerSecond since it began; null before that
 * @param secondsLeft at that rate; null while there is none, and at the end
 * @param findings one for each archive that was read, in that order
 * @param failure why it ended before all of them were read; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationView(
        UUID id,
        String workspace,
        @Nullable UUID backupId,
        Status status,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int archives,
        long bytesTotal,
        long bytesDone,
        int percent,
        @Nullable Long bytesPerSecond,
        @Nullable Long secondsLeft,
        List<Finding> findings,
        @Nullable String failure) {
    public enum Status {
        REQUESTED,
        RUNNING,
        COMPLETED,
        FAILED
    }

    /**
     * What came of one archive.
     *
     * @param what a sentence where there is more to say; null otherwise
     * @param bytes that were read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(
            UUID backupId, Result result, @Nullable String what, long bytes, Instant at) {}

    public enum Result {
        /** Unpacked, and every file is what was written. */
        VERIFIED,
        /** The stored bytes are those that were written; what is in them cannot be read here. */
        SUMS_AGREE,
        /** The bytes are others, twice in a row: the backup is none any more. */
        CORRUPTED,
        /** It is not in the storage now, which says nothing about it. */
        MISSING,
        /** It was given up while it was read. */
        GIVEN_UP
    }
}
