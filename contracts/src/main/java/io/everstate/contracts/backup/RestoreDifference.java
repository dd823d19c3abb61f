package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do with one path.
 *
 * @param path relative to the workspace
 * @param present null when nothing is there
 * @param restored null when nothing would take its place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreDifference(
        String path,
        Effect effect,
        @Nullable Side present,
        @Nullable Side restored) {

    public enum Effect {
        ADDED,
        /** Type, content or mode would be another one. */
        CHANGED,
        /** Of a rollback: the same, and it was written since the restore that would be rolled back. */
        WRITTEN,
        SAME,
        /** A log or journal of the database that would be replaced. */
        TAKEN_AWAY,
        /** Added by the restore that would be rolled back, and as it left it. */
        REMOVED,
        /** The archive does not hold it. */
        UNTOUCHED
    }

    /**
     * @param type FILE, DIRECTORY, LINK or OTHER
     * @param size of a file, in bytes
     * @param sha256 of a file's content, in hexadecimal; null of others, and where it was not read
     * @param linkTarget of a link
     * @param mode in octal, without the bits that a restore never sets; null of links
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(
            String type,
            long size,
            @Nullable String sha256,
            @Nullable String linkTarget,
            @Nullable String mode) {}
}
