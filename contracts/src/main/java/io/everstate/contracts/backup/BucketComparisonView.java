package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bucket held against the catalogue, object by object. It changes nothing in either.
 *
 * @param objects how many objects of backups the bucket holds
 * @param counts how many differences there are of each kind
 * @param differences of those, at most 500, in the order of the objects' names
 * @param failure why it ended early; null otherwise
 * @param sweep how far the removal of its ORPHAN objects is; null when nobody asked for it
 * @param swept how many of its objects sweeps have removed
 * @param sweepRefusal why nothing more was removed; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BucketComparisonView(
        UUID id,
        Status status,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        long objects,
        Map<Kind, Long> counts,
        List<Difference> differences,
        @Nullable String failure,
        @Nullable Sweep sweep,
        long swept,
        @Nullable String sweepRefusal) {
    public BucketComparisonView {
        counts = Map.copyOf(counts);
        differences = List.copyOf(differences);
    }

    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED
    }

    public enum Sweep {
        RUNNING,
        /** Each object that was an orphan still was removed. */
        COMPLETED,
        REFUSED
    }

    public enum Kind {
        /** An archive with its manifest that has no row: a rebuild of the catalogue finds it. */
        UNKNOWN,
        /** Nothing needs it: half a backup without a row, or what a backup that failed or was given up left. */
        ORPHAN,
        /** Its name is none of a backup's. */
        FOREIGN,
        /** A completed backup's object that is not there. */
        MISSING,
        /** A completed backup's object that is not the one that was there. */
        CHANGED
    }

    /**
     * @param backupId null of FOREIGN ones
     * @param bytes as it is stored; null of MISSING ones
     * @param sweptAt when it was removed by a sweep; null when it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            String object,
            Kind kind,
            @Nullable UUID backupId,
            @Nullable Long bytes,
            String detail,
            @Nullable Instant sweptAt) {}
}
