package io.everstate.state.snapshot;

import io.everstate.state.snapshot.store.SnapshotKind;
import org.jspecify.annotations.Nullable;

record SnapshotRequest(@Nullable SnapshotKind kind) {}
