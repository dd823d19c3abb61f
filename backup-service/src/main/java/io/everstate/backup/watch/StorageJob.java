package io.everstate.backup.watch;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Looks how full the storage is; told once where the catalogue is away. */
@Singleton
final class StorageJob {
    private static final Logger LOG = Logger.getLogger(StorageJob.class);

    private final StorageWatch watch;
    private final StorageMetrics metrics;
    private boolean blind;

    StorageJob(StorageWatch watch, StorageMetrics metrics) {
        this.watch = watch;
        this.metrics = metrics;
    }

    @Scheduled(
            every = "${everstate.storage.watch-every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        try {
            watch.look();
            metrics.looked(watch.view());
            blind = false;
        } catch (PersistenceException e) {
            if (!blind) {
                LOG.warnf("How full the storage is cannot be seen: %s", e.getMessage());
            }
            blind = true;
        }
    }
}
