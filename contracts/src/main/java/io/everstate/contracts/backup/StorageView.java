package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, as the catalogue has it; manifests, which are small, and objects that no row knows are not counted.
 *
 * @param capacityBytes what there is room for; null where nobody said
 * @param percent of the capacity
 * @param threshold the highest one that is reached, in percent; null when none is
 * @param growthBytesPerDay more than was removed, over the last week or since the first; null before the first day is over
 * @param daysUntilFull at that growth; null when it does not grow, or there is no capacity
 * @param bucket what it does against deletion; null from a service that does not know yet how to ask
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageView(
        long usedBytes,
        @Nullable Long capacityBytes,
        @Nullable Integer percent,
        @Nullable Integer threshold,
        @Nullable Long growthBytesPerDay,
        @Nullable Double daysUntilFull,
        List<Backups> backups,
        Segments segments,
        List<Ended> ended,
        @Nullable Bucket bucket) {
    /**
     * What the bucket does against deletion, and what of that is used.
     *
     * @param versioning ON, OFF or UNSUPPORTED; null before it answered
     * @param objectLock the same
     * @param mode in which backups are to be locked; null when they are not to be
     * @param days for how many
     * @param completed backups
     * @param locked of them, now
     * @param unused what is not used and why; null when all is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bucket(
            @Nullable String versioning,
            @Nullable String objectLock,
            @Nullable String mode,
            int days,
            long completed,
            long locked,
            @Nullable String unused) {}

    /** Archives of one workspace and kind that are stored, corrupted ones and those that are about to be removed, too. */
    public record Backups(String workspace, BackupKind kind, long archives, long bytes) {}

    /** Of the event archive. */
    public record Segments(long objects, long bytes) {}

    /**
     * Backups that ended in the last so many days.
     *
     * @param completed those that were given up since, too
     * @param successRate completed of all; null when none ended
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ended(
            int days, long completed, long failed, @Nullable Double successRate) {}
}
