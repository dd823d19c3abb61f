package io.everstate.state.snapshot;

import org.jspecify.annotations.Nullable;

record SnapshotRequest(@Nullable SnapshotKind kind) {}
