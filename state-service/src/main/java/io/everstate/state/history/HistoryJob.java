package io.everstate.state.history;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.projection.ProjectionConfiguration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Shows that this replica lives, and writes the history down. What fails is tried again at the next interval. */
@Singleton
class HistoryJob {
    private static final Logger LOG = Logger.getLogger(HistoryJob.class);

    private final SystemRuns runs;
    private final MetricsHistory history;
    private final HistoryConfiguration configuration;
    private final String instance;
    private boolean entered;

    HistoryJob(
            SystemRuns runs,
            MetricsHistory history,
            HistoryConfiguration configuration,
            ProjectionConfiguration projection) {
        this.runs = runs;
        this.history = history;
        this.configuration = configuration;
        this.instance = projection.instanceId();
    }

    @Scheduled(
            identity = "history",
            every = "${everstate.history.interval}",
            concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void write() {
        try {
            live();
            if (history.write()) {
                history.forget(configuration);
            }
        } catch (ProblemException e) {
            LOG.warnf("the history was not written: %s", e.detail());
        }
    }

    private void live() {
        if (entered && runs.seen(instance)) {
            return;
        }
        var run = runs.enter(instance, configuration.lease());
        entered = true;
        LOG.infof("this is run %d of the system", run);
    }

    /** One that is started again at once must not be taken for one that lives on. */
    synchronized void onStop(@Observes ShutdownEvent event) {
        try {
            if (entered) {
                runs.leave(instance);
            }
        } catch (ProblemException e) {
            LOG.warnf("this replica is not signed off: %s", e.detail());
        }
    }
}
