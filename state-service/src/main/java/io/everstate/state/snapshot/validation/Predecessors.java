package io.everstate.state.snapshot.validation;

import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.Predecessor;
import io.everstate.state.rebuild.AcceptedBots;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotCorruptException;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;

/** What FULL snapshots are compared with. */
@Singleton
final class Predecessors {
    private static final Logger LOG = Logger.getLogger(Predecessors.class);

    private final SnapshotRepository snapshots;
    private final SnapshotContents contents;
    private final AcceptedBots accepted;

    Predecessors(SnapshotRepository snapshots, SnapshotContents contents, AcceptedBots accepted) {
        this.snapshots = snapshots;
        this.contents = contents;
        this.accepted = accepted;
    }

    /** The valid FULL one before a FULL one; nothing where there is none, or where that is damaged itself, which a look at it says. */
    Predecessor of(Snapshot snapshot) {
        if (snapshot.kind() != SnapshotKind.FULL) {
            return new Predecessor();
        }
        return snapshots.fullBefore(snapshot).map(this::read).orElseGet(Predecessor::new);
    }

    private Predecessor read(Snapshot earlier) {
        try (var content = contents.readResting(earlier)) {
            return new Predecessor(contents.describe(earlier), content, accepted.since(earlier.takenAt()));
        } catch (IOException | UnreadableRecordException | SnapshotCorruptException e) {
            LOG.warnf("snapshot %s cannot be compared with: %s", earlier.id(), e.getMessage());
            return new Predecessor();
        }
    }
}
