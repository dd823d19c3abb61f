package io.everstate.state.snapshot.retention;

import io.everstate.state.snapshot.store.SnapshotKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a snapshot to decide about it.
 *
 * @param key rises with each that is recorded
 * @param base what it builds on; null of a FULL one
 */
record Recorded(
        long key,
        UUID id,
        SnapshotKind kind,
        Instant takenAt,
        boolean valid,
        @Nullable UUID base) {}
