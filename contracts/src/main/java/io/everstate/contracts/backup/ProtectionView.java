package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How well a workspace is protected now.
 *
 * @param state by the newest verified FULL
 * @param full the newest verified FULL; null when there is none
 * @param tooOldAfterSeconds from which age on that is too old; null = its age is not judged
 * @param newest the newest verified one of each kind that there is, in the order of the kinds
 * @param lastProven the one that a drill restored last; null when none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProtectionView(
        String workspace,
        State state,
        @Nullable Point full,
        @Nullable Long tooOldAfterSeconds,
        List<Point> newest,
        @Nullable Proven lastProven) {
    public enum State {
        OK,
        OLD,
        /** There is no verified FULL. */
        NONE
    }

    /**
     * @param takenAt when it was asked for: of that moment or later is what it holds
     * @param ageSeconds since then
     */
    public record Point(UUID backupId, BackupKind kind, Instant takenAt, Instant verifiedAt, long ageSeconds) {}

    /**
     * @param at when what a drill restored was compared
     * @param ageSeconds since then
     */
    public record Proven(UUID backupId, BackupKind kind, Instant at, String drillRun, long ageSeconds) {}
}
