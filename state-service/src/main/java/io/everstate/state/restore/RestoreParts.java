package io.everstate.state.restore;

import io.everstate.state.past.FleetPast;
import io.everstate.state.restore.part.Looks;
import io.everstate.state.restore.part.OwnerSteps;
import io.everstate.state.restore.part.WayBacks;
import io.everstate.state.restore.record.Cancellations;
import io.everstate.state.restore.record.RecoveryLog;
import io.everstate.state.restore.record.RecoverySteps;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What an attempt works with. */
@Singleton
final class RestoreParts {
    private final RecoveryLog log;
    private final Looks looks;
    private final FleetPast fleet;
    private final OwnerSteps owners;
    private final WayBacks wayBacks;
    private final Cancellations cancellations;
    private final Tenure tenure;
    private final Clock clock;

    RestoreParts(
            RecoveryLog log,
            Cancellations cancellations,
            Looks looks,
            FleetPast fleet,
            OwnerSteps owners,
            WayBacks wayBacks,
            Tenure tenure,
            Clock clock) {
        this.log = log;
        this.looks = looks;
        this.fleet = fleet;
        this.owners = owners;
        this.wayBacks = wayBacks;
        this.cancellations = cancellations;
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

    FleetPast fleet() {
        return fleet;
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

    WayBacks wayBacks() {
        return wayBacks;
    }

    Cancellations cancellations() {
        return cancellations;
    }
}
