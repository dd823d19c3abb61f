package io.everstate.state.health;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.Leases;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Looks from time to time. Every replica looks for itself, so that it can answer without the database; one of them writes down what it found:
 * the one that gets the lease of this interval, which is not given back but runs out right before the next.
 */
@Singleton
class HealthJob {
    private static final Logger LOG = Logger.getLogger(HealthJob.class);
    private static final int SHARE_OF_INTERVAL = 10;

    private final Rounds rounds;
    private final ComponentTracking tracking;
    private final Leases leases;
    private final HealthConfiguration configuration;
    private final Clock clock;

    HealthJob(
            Rounds rounds, ComponentTracking tracking, Leases leases, HealthConfiguration configuration, Clock clock) {
        this.rounds = rounds;
        this.tracking = tracking;
        this.leases = leases;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Scheduled(
            identity = "health",
            every = "${everstate.health.interval:15s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() throws InterruptedException {
        var round = rounds.look();
        writing("health", configuration.interval(), lease -> tracking.write(round.views(), lease));
    }

    @Scheduled(
            identity = "health-of-bots",
            every = "${everstate.health.bots-every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void lookAtBots() {
        var quiet = configuration.botQuiet().toMillis();
        writing("health-of-bots", configuration.botsEvery(), lease -> tracking.writeBots(clock.millis(), quiet, lease));
    }

    /** What fails is tried again at the next interval. */
    private void writing(String name, Duration interval, Consumer<Lease> work) {
        try {
            var ttl = interval.minus(interval.dividedBy(SHARE_OF_INTERVAL));
            leases.tryAcquire(name, configuration.owner(), ttl).ifPresent(work);
        } catch (ProblemException e) {
            LOG.warnf("what a look found is not written down: %s", e.detail());
        }
    }
}
