package io.everstate.backup.objectlock;

import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.store.BucketCapabilities;
import io.everstate.backup.store.BucketCapabilities.Support;
import io.everstate.backup.store.ObjectLock;
import io.everstate.backup.store.StorageHealth;
import io.everstate.contracts.backup.StorageView.Bucket;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** What the bucket can do for the backups, and what of that is used. */
@Singleton
public class BucketStatus {
    private final ObjectLockConfiguration configuration;
    private final StorageHealth health;
    private final Holdings holdings;
    private final Locks locks;
    private final Clock clock;

    BucketStatus(
            ObjectLockConfiguration configuration,
            @Readiness StorageHealth health,
            Holdings holdings,
            Locks locks,
            Clock clock) {
        this.configuration = configuration;
        this.health = health;
        this.holdings = holdings;
        this.locks = locks;
        this.clock = clock;
    }

    public Bucket view() {
        var found = health.bucket();
        var now = clock.instant();
        var locked = locks.all();
        var completed = holdings.completed();
        return new Bucket(
                found.map(BucketCapabilities::versioning).map(Support::name).orElse(null),
                found.map(BucketCapabilities::objectLock).map(Support::name).orElse(null),
                configuration.mode().map(ObjectLock.Mode::name).orElse(null),
                configuration.days(),
                completed.size(),
                completed.stream()
                        .filter(backup -> locked.getOrDefault(backup.head().id(), Instant.MIN)
                                .isAfter(now))
                        .count(),
                unused(found, configuration.mode()));
    }

    /** What is not used, and why; null when all is. */
    static @Nullable String unused(Optional<BucketCapabilities> found, Optional<ObjectLock.Mode> mode) {
        if (found.isEmpty()) {
            return "the storage has not answered yet";
        }
        var canLock = found.get().objectLock() == Support.ON;
        if (canLock) {
            return mode.isPresent()
                    ? null
                    : "the bucket could refuse to delete backups, and everstate.object-lock.mode is not set";
        }
        var wanted = mode.isPresent() ? "everstate.object-lock.mode is set, but " : "";
        return found.get().versioning() == Support.ON
                ? wanted + "the bucket has no object lock: whoever may delete versions can delete backups"
                : wanted
                        + "the bucket has neither object lock nor versions: whoever may write to it can delete backups";
    }
}
