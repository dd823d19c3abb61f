package io.everstate.state.restore;

import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.lease.Lease;
import io.everstate.state.restore.part.Looks;
import io.everstate.state.restore.part.OwnerSteps;
import io.everstate.state.restore.record.RecoveryLog;
import io.everstate.state.restore.record.RecoverySteps;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.SnapshotKind;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What an attempt works with. */
@Singleton
final class RestoreParts {
    private final RecoveryLog log;
    private final Looks looks;
    private final OwnerSteps owners;
    private final SnapshotService snapshots;
    private final Tenure tenure;
    private final Clock clock;

    RestoreParts(
            RecoveryLog log, Looks looks, OwnerSteps owners, SnapshotService snapshots, Tenure tenure, Clock clock) {
        this.log = log;
        this.looks = looks;
        this.owners = owners;
        this.snapshots = snapshots;
        this.tenure = tenure;
        this.clock = clock;
    }

    RecoveryLog log() {
        return log;
    }

    RecoverySteps steps() {
        return log.steps();
    }

    Looks looks() {
        return looks;
    }

    OwnerSteps owners() {
        return owners;
    }

    Tenure tenure() {
        return tenure;
    }

    Clock clock() {
        return clock;
    }

    /** What all bots are before any is taken back. What it would build on can be damaged, so it may have to stand alone. */
    SnapshotView wayBack(Lease lease) {
        var taken = snapshots.take(SnapshotKind.INCREMENTAL, lease);
        return taken.valid() ? taken : snapshots.take(SnapshotKind.FULL, lease);
    }
}
