package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue made again from the bucket.
 *
 * @param archives how many whole archives the bucket holds; 0 before it was listed
 * @param outcomes of those that the catalogue did not know, how many are so
 * @param bytesDone stored bytes that were read back
 * @param bytesTotal stored bytes that are to be read back
 * @param problems those that did not become backups, at most 500, by their objects' names
 * @param failure why it ended early, or what it left open; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogueRebuildView(
        UUID id,
        Status status,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        long archives,
        Map<Outcome, Long> outcomes,
        long bytesDone,
        long bytesTotal,
        List<Problem> problems,
        @Nullable String failure) {
    public CatalogueRebuildView {
        outcomes = Map.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    public enum Status {
        RUNNING,
        /** Each archive was read back, or is known to be none. */
        COMPLETED,
        /** Something is left open; it can be asked for again. */
        FAILED
    }

    public enum Outcome {
        /** Has its row, and is to be read back. */
        FOUND,
        /** Was read from storage again, and every check sum agreed. */
        VERIFIED,
        /** Its bytes are not those that its manifest names. */
        CORRUPTED,
        /** An INCREMENTAL that needs a backup which is missing or none any more. */
        BROKEN,
        /** Encrypted, and no key here opens it: nothing is known of it but its name. */
        NEEDS_KEY,
        /** The storage did not give it, or its format is not known here. */
        NOT_READ
    }

    public record Problem(String object, UUID backupId, Outcome outcome, String detail) {}
}
