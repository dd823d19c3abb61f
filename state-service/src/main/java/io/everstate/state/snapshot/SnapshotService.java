package io.everstate.state.snapshot;

import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.lease.Fence;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.NewSnapshot;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes and finds snapshots. A snapshot is valid only after it was read back from the database and every check agreed. */
@Singleton
public class SnapshotService {
    private final SnapshotSource source;
    private final SnapshotContents contents;
    private final SnapshotRepository snapshots;
    private final SnapshotValidation validation;
    private final JsonFormat json;
    private final Clock clock;

    SnapshotService(
            SnapshotSource source,
            SnapshotContents contents,
            SnapshotRepository snapshots,
            SnapshotValidation validation,
            JsonFormat json,
            Clock clock) {
        this.source = source;
        this.contents = contents;
        this.snapshots = snapshots;
        this.validation = validation;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes one now and validates what was stored. The answer says whether it is valid. In place of an INCREMENTAL one it is a FULL one when
     * there is nothing to build on: the chain never hangs in the air.
     */
    public SnapshotView take(SnapshotKind kind) {
        return take(kind, Fence.NONE);
    }

    /** @throws io.everstate.state.lease.LeaseLostException nothing is stored when the fence does not let it */
    public SnapshotView take(SnapshotKind kind, Fence fence) {
        var at = clock.instant();
        var id = TimeOrderedUuid.at(at);
        try {
            var file = Files.createTempFile("snapshot-", SnapshotWriter.FORMAT.suffix());
            try {
                SnapshotSource.Written written;
                try (var target = Files.newOutputStream(file)) {
                    written = source.write(target, kind);
                }
                contents.keep(new NewSnapshot(id, at, written.cut(), written.base(), written.content()), file, fence);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot's temporary file is in trouble", e);
        }
        validation.validate(id);
        return find(id);
    }

    /** The newest first. */
    List<SnapshotView> newest(int limit) {
        return snapshots.newest(limit).stream().map(this::view).toList();
    }

    public Optional<SnapshotView> newest() {
        return snapshots.newest().map(this::view);
    }

    SnapshotView find(UUID id) {
        return view(snapshots.known(id));
    }

    private SnapshotView view(Snapshot snapshot) {
        return new SnapshotView(
                snapshot.id(),
                snapshot.kind().name(),
                snapshot.formatVersion(),
                snapshot.takenAt(),
                json.read(snapshot.cut(), Cut.class).offsets(),
                snapshot.bots(),
                snapshot.bytes(),
                snapshot.sha256(),
                snapshot.valid(),
                snapshot.base());
    }
}
