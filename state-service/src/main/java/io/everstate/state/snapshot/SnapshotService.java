package io.everstate.state.snapshot;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.PageLimit;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotOrigin;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.validation.SnapshotValidation;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Takes and finds snapshots. A snapshot is valid only after it was read back from the database and every check agreed. */
@Singleton
public class SnapshotService {
    private final Taking taking;
    private final SnapshotRepository snapshots;
    private final SnapshotValidation validation;
    private final Turns turns;
    private final JsonFormat json;

    SnapshotService(
            Taking taking, SnapshotRepository snapshots, SnapshotValidation validation, Turns turns, JsonFormat json) {
        this.taking = taking;
        this.snapshots = snapshots;
        this.validation = validation;
        this.turns = turns;
        this.json = json;
    }

    /**
     * Takes one now and validates what was stored. The answer says whether it is valid. In place of an INCREMENTAL one it is a FULL one when
     * there is nothing to build on: the chain never hangs in the air. Waits for one that is being taken.
     *
     * @throws io.everstate.contracts.problem.ProblemException UNAVAILABLE when that takes too long
     */
    public SnapshotView take(SnapshotKind kind) {
        return take(kind, SnapshotPurpose.RESTORE_POINT, Fence.NONE);
    }

    /**
     * The same for the holder of something else.
     *
     * @throws io.everstate.state.lease.LeaseLostException nothing is stored when the fence does not let it
     */
    public SnapshotView take(SnapshotKind kind, SnapshotPurpose purpose, Fence fence) {
        return turns.inTurn(turn -> taken(kind, SnapshotOrigin.of(purpose), turn.and(fence)));
    }

    /**
     * The same for somebody who may ask again: who does, with the same key, gets what he got before, or would have got.
     *
     * @throws ProblemException CONFLICT when the key was used for another one
     */
    SnapshotView take(SnapshotKind kind, SnapshotPurpose purpose, SnapshotOrigin.Request request) {
        return turns.inTurn(turn -> snapshots
                .find(request)
                .map(first -> repeated(first, kind, purpose))
                .orElseGet(() -> taken(kind, new SnapshotOrigin(purpose, request), turn)));
    }

    private SnapshotView repeated(Snapshot first, SnapshotKind kind, SnapshotPurpose purpose) {
        // in place of an INCREMENTAL one a FULL one may have been taken
        if (first.purpose() != purpose || (kind == SnapshotKind.FULL && first.kind() != kind)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "the key was used for another snapshot: %s".formatted(first.id()));
        }
        if (!first.valid()) {
            validation.validate(first.id()); // who took it may have died before
        }
        return find(first.id());
    }

    /**
     * For who has its turn already.
     *
     * @throws io.everstate.state.lease.LeaseLostException nothing is stored when it is another's turn by now
     */
    public SnapshotView takeInTurn(SnapshotKind kind, Fence fence) {
        return taken(kind, SnapshotOrigin.of(SnapshotPurpose.RESTORE_POINT), fence);
    }

    private SnapshotView taken(SnapshotKind kind, SnapshotOrigin origin, Fence fence) {
        var id = taking.take(kind, origin, fence);
        validation.validate(id);
        return find(id);
    }

    /**
     * The newest first.
     *
     * @param before key of the last one that is known
     */
    Page<SnapshotView> page(PageLimit limit, long before) {
        var page = limit.page(snapshots.before(before, limit.items() + 1), last -> Long.toString(last.key()));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next());
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
                snapshot.base(),
                snapshot.mode());
    }
}
