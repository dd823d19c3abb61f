package io.everstate.state.projection;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.platform.FrozenConnections;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Lets go the partitions of a replica that froze while it stored something, so that another one can fold them. */
@Singleton
final class FrozenConnectionsJob {
    private static final Logger LOG = Logger.getLogger(FrozenConnectionsJob.class);

    private final FrozenConnections connections;

    FrozenConnectionsJob(FrozenConnections connections) {
        this.connections = connections;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            var ended = connections.end();
            if (!ended.isEmpty()) {
                LOG.warnf("a replica froze while it sent rows: the database's processes %s were ended", ended);
            }
        } catch (ProblemException e) {
            LOG.debug("frozen connections are looked for again later", e);
        }
    }
}
