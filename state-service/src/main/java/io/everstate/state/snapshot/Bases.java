package io.everstate.state.snapshot;

import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.validation.ChainRules;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What an INCREMENTAL snapshot can build on. */
@Singleton
final class Bases {
    /** A snapshot that can be built on. */
    record Base(SnapshotView.Base name, Cut cut) {}

    private final SnapshotRepository snapshots;
    private final ChainRules rules;
    private final JsonFormat json;

    Bases(SnapshotRepository snapshots, ChainRules rules, JsonFormat json) {
        this.snapshots = snapshots;
        this.rules = rules;
        this.json = json;
    }

    /** The newest valid one, if all that it builds on is there and one more is not too many. */
    Optional<Base> newest() {
        return snapshots.newestValid().filter(this::bears).map(this::base);
    }

    private boolean bears(Snapshot snapshot) {
        var chain = snapshots.chain(snapshot);
        return chain.size() < SnapshotRepository.LONGEST_CHAIN
                && rules.broken(chain).isEmpty();
    }

    private Base base(Snapshot snapshot) {
        return new Base(new SnapshotView.Base(snapshot.id(), snapshot.sha256()), json.read(snapshot.cut(), Cut.class));
    }
}
