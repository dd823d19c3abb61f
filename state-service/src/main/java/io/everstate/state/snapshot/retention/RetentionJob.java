package io.everstate.state.snapshot.retention;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Deletes old snapshots by itself. Any number of replicas may: whoever comes second finds nothing to do. */
@Singleton
class RetentionJob {
    private static final Logger LOG = Logger.getLogger(RetentionJob.class);

    private final Retention retention;

    RetentionJob(Retention retention) {
        this.retention = retention;
    }

    @Scheduled(
            identity = "snapshot-retention",
            every = "${everstate.snapshot-retention.every:1h}",
            delayed = "${everstate.snapshot-retention.every:1h}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void execute() {
        try {
            var deleted = retention.execute().deletions();
            if (!deleted.isEmpty()) {
                LOG.infof("%d old snapshots are deleted: %s", deleted.size(), deleted);
            }
        } catch (RuntimeException e) {
            // they are deleted the next time
            LOG.error("old snapshots are not deleted", e);
        }
    }
}
