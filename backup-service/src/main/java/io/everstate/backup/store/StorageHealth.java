package io.everstate.backup.store;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Tells what the bucket can do and whether it answers, as of the last look. Never makes the service unready: what it has to say about
 * backups it can say without the storage, and a backup that needs it fails by itself.
 */
@Readiness
@Singleton
final class StorageHealth implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(StorageHealth.class);

    private final ArchiveStore store;
    private volatile Look last = new Look("not asked yet", "unknown", "unknown");

    private record Look(String storage, String versioning, String objectLock) {}

    StorageHealth(ArchiveStore store) {
        this.store = store;
    }

    @Scheduled(every = "${everstate.storage.look-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            var found = store.capabilities();
            last = new Look(
                    "reachable", found.versioning().name(), found.objectLock().name());
        } catch (StoreUnavailableException | PersistenceException e) {
            LOG.warnf("The object storage: %s", e.getMessage());
            last = new Look("away: " + e.getMessage(), last.versioning(), last.objectLock());
        }
    }

    @Override
    public HealthCheckResponse call() {
        var look = last;
        return HealthCheckResponse.named("object storage")
                .up()
                .withData("storage", look.storage())
                .withData("versioning", look.versioning())
                .withData("objectLock", look.objectLock())
                .build();
    }
}
