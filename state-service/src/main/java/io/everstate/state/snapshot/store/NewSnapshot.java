package io.everstate.state.snapshot.store;

import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.content.SnapshotContent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that was written and is to be kept.
 *
 * @param mode of the system; null when it is not known
 * @param base null of a FULL one
 */
public record NewSnapshot(
        UUID id,
        SnapshotOrigin origin,
        Instant takenAt,
        Cut cut,
        @Nullable ModeChanged mode,
        Parked parked,
        SnapshotView.@Nullable Base base,
        SnapshotContent content) {
    SnapshotKind kind() {
        return base == null ? SnapshotKind.FULL : SnapshotKind.INCREMENTAL;
    }
}
