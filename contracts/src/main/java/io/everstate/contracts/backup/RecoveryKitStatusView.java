package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody keeps a kit that is of use.
 *
 * @param why it is none of use; null when it is
 * @param tooOldAfterSeconds from which age on one is too old
 * @param kept the newest that somebody keeps; null when nobody does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecoveryKitStatusView(
        State state,
        @Nullable String why,
        long tooOldAfterSeconds,
        @Nullable Kept kept) {
    public enum State {
        OK,
        /** It is too old, or restores a backup that is none any more. */
        OLD,
        /** Nobody keeps one. */
        NONE
    }

    /** @param ageSeconds since it was made */
    public record Kept(
            String sha256,
            Instant madeAt,
            Instant keptAt,
            String keptBy,
            String place,
            long ageSeconds,
            List<UUID> backups) {}
}
