package io.everstate.state.snapshot.schedule;

import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.snapshot.validation.ValidationView;
import java.time.Duration;

/** What the service finds when it starts. */
public sealed interface NewestSnapshot {
    record None() implements NewestSnapshot {}

    record Good(SnapshotView snapshot, Duration age) implements NewestSnapshot {}

    /** It verifies, but too much has happened since. */
    record Stale(SnapshotView snapshot, Duration age) implements NewestSnapshot {}

    record Invalid(SnapshotView snapshot, ValidationView validation) implements NewestSnapshot {}
}
