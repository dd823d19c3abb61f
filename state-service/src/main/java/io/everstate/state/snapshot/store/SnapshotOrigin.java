package io.everstate.state.snapshot.store;

import org.jspecify.annotations.Nullable;

/** Why there is a snapshot. */
public record SnapshotOrigin(
        SnapshotPurpose purpose, @Nullable Request request) {
    /**
     * Who asked for it.
     *
     * @param key makes a repetition safe
     */
    public record Request(String by, String key) {}

    public static SnapshotOrigin of(SnapshotPurpose purpose) {
        return new SnapshotOrigin(purpose, null);
    }
}
