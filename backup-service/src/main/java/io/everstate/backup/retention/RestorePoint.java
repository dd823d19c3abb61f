package io.everstate.backup.retention;

import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finished backup as retention sees it.
 *
 * @param recordedAt as the catalogue has it; names say nothing here
 * @param good whether it was read back, and nothing bad was found since
 * @param safety whether it was taken to have a way back from a restore, without what could not be read: it stands for no other
 * @param needed why it stays whatever else is said; null when nothing says so
 * @param base the backup that it is built upon; null of one that needs no other
 */
public record RestorePoint(
        UUID id,
        BackupKind kind,
        Instant recordedAt,
        boolean good,
        boolean safety,
        @Nullable String needed,
        @Nullable UUID base) {
    /** One that needs no other. */
    public RestorePoint(
            UUID id, BackupKind kind, Instant recordedAt, boolean good, boolean safety, @Nullable String needed) {
        this(id, kind, recordedAt, good, safety, needed, null);
    }

    static final Comparator<RestorePoint> NEWEST_FIRST = Comparator.comparing(RestorePoint::recordedAt)
            .thenComparing(RestorePoint::id)
            .reversed();

    RestorePoint bad() {
        return new RestorePoint(id, kind, recordedAt, false, safety, needed, base);
    }

    /** Whether it counts where good ones are counted. */
    boolean counts() {
        return good && !safety;
    }

    /** Whether what the other one holds can be had from this one too, as it was at this one's time. */
    boolean standsFor(RestorePoint other) {
        return kind == BackupKind.FULL || kind == other.kind;
    }
}
