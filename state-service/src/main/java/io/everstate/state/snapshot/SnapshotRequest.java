package io.everstate.state.snapshot;

import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import org.jspecify.annotations.Nullable;

/** @param purpose RESTORE_POINT when it is not said */
record SnapshotRequest(
        @Nullable SnapshotKind kind, @Nullable SnapshotPurpose purpose) {}
