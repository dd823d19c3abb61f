package io.everstate.state.snapshot;

import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.lease.Fence;
import io.everstate.state.mode.PresentMode;
import io.everstate.state.snapshot.store.Courtesy;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotOrigin;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.UUID;

/** Writes snapshots to a file, and from there to where they are kept. */
@Singleton
final class Taking {
    private final SnapshotSource source;
    private final SnapshotContents contents;
    private final PresentMode mode;
    private final Courtesy courtesy;
    private final Clock clock;

    Taking(SnapshotSource source, SnapshotContents contents, PresentMode mode, Courtesy courtesy, Clock clock) {
        this.source = source;
        this.contents = contents;
        this.mode = mode;
        this.courtesy = courtesy;
        this.clock = clock;
    }

    /**
     * The id of one that is kept and that nobody has looked at yet.
     *
     * @throws io.everstate.state.lease.LeaseLostException nothing is stored when the fence does not let it
     */
    UUID take(SnapshotKind kind, SnapshotOrigin origin, Fence fence) {
        var at = clock.instant();
        var id = TimeOrderedUuid.at(at);
        var known = mode.find().orElse(null); // before the states: what comes between is news to this snapshot
        try {
            var file = Files.createTempFile("snapshot-", SnapshotWriter.FORMAT.suffix());
            try {
                SnapshotSource.Written written;
                try (var target = courtesy.resting(Files.newOutputStream(file))) {
                    written = source.write(target, kind);
                }
                contents.keep(written.as(id, origin, at, known), file, fence);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot's temporary file is in trouble", e);
        }
        return id;
    }
}
