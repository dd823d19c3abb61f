package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a workspace's seals, held against bucket and catalogue.
 *
 * @param archives whether archives were read to their last byte
 * @param head the newest seal that the catalogue knows; null where there is none, and before it has ended
 * @param seals how many the chain has
 * @param held how many backups are to be in the bucket by them
 * @param removed how many were given up or failed, as their seals say, and may be missing
 * @param signedBy the key that signs new seals; null where they are chained by their hashes alone
 * @param findingCount how many findings there are
 * @param acknowledged of how many of those somebody said that they are known
 * @param findings of those at most 500, in the order of the objects' names, those that nobody acknowledged first
 * @param failure why it ended early; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealCheckView(
        UUID id,
        String workspace,
        Status status,
        boolean archives,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @Nullable SealHead head,
        long seals,
        long held,
        long removed,
        @Nullable String signedBy,
        long findingCount,
        long acknowledged,
        List<Finding> findings,
        @Nullable String failure) {
    public SealCheckView {
        findings = List.copyOf(findings);
    }

    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED
    }

    public enum Kind {
        /** A seal that was stored is not in the bucket, and later ones are. */
        SEAL_MISSING,
        /** The newest seals are not in the bucket: they were removed, or all of it was taken back to an earlier state. */
        ROLLED_BACK,
        /** A seal in the bucket is not the one that was stored there. */
        SEAL_CHANGED,
        /** A seal does not follow the one before it, which is missing or another one. */
        MISSING_LINK,
        /** A number was given twice. */
        FORK,
        /** A seal whose signature is not of its bytes. */
        WRONG_SIGNATURE,
        /** A seal of a key that is not trusted here. */
        UNKNOWN_KEY,
        /** A seal that nobody signed, that the catalogue does not know, and where a key is trusted. */
        UNSIGNED,
        /** A seal that goes on from the chain's end and that the catalogue does not know: the catalogue was taken back, or there are two. */
        SEAL_UNKNOWN,
        /** An object among the seals that is none of this chain. */
        FOREIGN,
        ARCHIVE_MISSING,
        ARCHIVE_CHANGED,
        MANIFEST_MISSING,
        MANIFEST_CHANGED,
        /** The chain does not hold the seal that was noted elsewhere: catalogue and bucket were both taken back. */
        HEAD_MISSING
    }

    /**
     * @param object its name in the bucket
     * @param backupId null where none is concerned
     * @param expected what was to be there
     * @param found what is
     * @param acknowledged who said that it is known; null when nobody did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(
            Kind kind,
            String object,
            @Nullable UUID backupId,
            String expected,
            String found,
            @Nullable Acknowledgement acknowledged) {

        /** One that nobody acknowledged. */
        public Finding(Kind kind, String object, @Nullable UUID backupId, String expected, String found) {
            this(kind, object, backupId, expected, found, null);
        }
    }

    /** @param reason why the finding may stay */
    public record Acknowledgement(String by, Instant at, String reason) {}
}
