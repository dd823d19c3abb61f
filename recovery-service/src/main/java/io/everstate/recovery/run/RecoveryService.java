package io.everstate.recovery.run;

import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.run.Run.Running;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns findings into disasters with a run against each. */
public final class RecoveryService {
    private static final Logger LOG = Logger.getLogger(RecoveryService.class);

    private final RunStore store;
    private final Plans plans;
    private final Duration coolDown;
    private final RecoveryMetrics metrics;
    private final Clock clock;

    RecoveryService(RunStore store, Plans plans, Duration coolDown, RecoveryMetrics metrics, Clock clock) {
        this.store = store;
        this.plans = plans;
        this.coolDown = coolDown;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @return empty when this disaster is known and not ended, or its recovery failed just now */
    public Optional<Disaster> open(Finding finding) {
        var now = clock.instant();
        var disaster = Disaster.of(finding, now);
        var run = Running.of(disaster, plans.against(disaster.type()), now);
        if (!store.open(run, Announcements.opened(disaster, now), now.minus(coolDown))) {
            return Optional.empty();
        }
        LOG.errorf("disaster %s of %s: %s", disaster.type(), disaster.subject(), disaster.evidence());
        metrics.opened(disaster);
        return Optional.of(disaster);
    }

    /** Disasters whose run has not ended. */
    public List<Disaster> openDisasters() {
        return store.open().stream().map(Running::disaster).toList();
    }
}
