package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a workspace found now, beside what verified backups say of the same files.
 *
 * @param newestBackup the newest verified backup in which no watched file was broken, safety backups left out; null when there is
 *     none. To restore one file, {@link FileFinding#restorableFrom()} is the better answer: this backup need not hold it
 * @param missingDirectories essential directories that are not there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InspectionView(
        String workspace,
        Instant at,
        @Nullable UUID newestBackup,
        List<FileFinding> files,
        List<String> missingDirectories) {

    /**
     * @param role STATE or CONFIG
     * @param size in bytes now; -1 when missing
     * @param expectedSize in the backup {@code restorableFrom}; null when there is none
     * @param restorableFrom the newest verified backup in which this very file was OK; null when there is none
     * @param restoreNeeds what is wanting here to restore that backup, as a secret key; null when nothing is known to be
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FileFinding(
            String path,
            Role role,
            Condition condition,
            long size,
            @Nullable String sha256,
            @Nullable Instant modifiedAt,
            @Nullable Long expectedSize,
            @Nullable String expectedSha256,
            @Nullable String explanation,
            @Nullable UUID restorableFrom,
            @Nullable String restoreNeeds) {

        public FileFinding(
                String path,
                Role role,
                Condition condition,
                long size,
                @Nullable String sha256,
                @Nullable Instant modifiedAt,
                @Nullable Long expectedSize,
                @Nullable String expectedSha256,
                @Nullable String explanation,
                @Nullable UUID restorableFrom) {
            this(
                    path,
                    role,
                    condition,
                    size,
                    sha256,
                    modifiedAt,
                    expectedSize,
                    expectedSha256,
                    explanation,
                    restorableFrom,
                    null);
        }

        public FileFinding(
                String path,
                Role role,
                Condition condition,
                long size,
                @Nullable String sha256,
                @Nullable Instant modifiedAt,
                @Nullable Long expectedSize,
                @Nullable String expectedSha256,
                @Nullable String explanation) {
            this(path, role, condition, size, sha256, modifiedAt, expectedSize, expectedSha256, explanation, null);
        }
    }

    public enum Role {
        STATE,
        CONFIG
    }

    /**
     * OK says the file can be read as what it is, not that it is unchanged. UNREADABLE is said of content that was read to its end and is not
     * what the name says. INACCESSIBLE says that something is there whose content nobody read, for want of a permission or since it is no
     * file but a link: that is no damage, and nothing is to be put in its place.
     */
    public enum Condition {
        OK,
        MISSING,
        EMPTY,
        UNREADABLE,
        INACCESSIBLE
    }
}
