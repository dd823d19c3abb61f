package io.everstate.backup.store;

import io.everstate.backup.store.BucketCapabilities.Support;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the bucket can do and whether it answers, as of the last look. Never makes the service unready: what it has to say about
 * backups it can say without the storage, and a backup that needs it fails by itself.
 */
@Readiness
@Singleton
public final class StorageHealth implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(StorageHealth.class);

    private final ArchiveStore store;
    private volatile Look last = new Look("not asked yet", null);

    private record Look(String storage, @Nullable BucketCapabilities found) {}

    StorageHealth(ArchiveStore store) {
        this.store = store;
    }

    @Scheduled(every = "${everstate.storage.look-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            last = new Look("reachable", store.capabilities());
        } catch (StoreUnavailableException | PersistenceException e) {
            LOG.warnf("The object storage: %s", e.getMessage());
            last = new Look("away: " + e.getMessage(), last.found());
        }
    }

    /** What the bucket could do when it answered last; empty when it never did. */
    public Optional<BucketCapabilities> bucket() {
        return Optional.ofNullable(last.found());
    }

    private static String named(@Nullable BucketCapabilities found, Function<BucketCapabilities, Support> feature) {
        return found == null ? "unknown" : feature.apply(found).name();
    }

    @Override
    public HealthCheckResponse call() {
        var look = last;
        return HealthCheckResponse.named("object storage")
                .up()
                .withData("storage", look.storage())
                .withData("versioning", named(look.found(), BucketCapabilities::versioning))
                .withData("objectLock", named(look.found(), BucketCapabilities::objectLock))
                .build();
    }
}
