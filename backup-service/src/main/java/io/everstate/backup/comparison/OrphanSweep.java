package io.everstate.backup.comparison;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.comparison.Comparisons.Wanted;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Removes what a report calls orphans and what is one still: the bucket is listed and the rows are read again, and nothing else is touched. Each object that
 * goes is in the audit log.
 */
@Singleton
final class OrphanSweep {
    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Holdings holdings;
    private final DeletionGuard guard;
    private final ArchiveStore store;
    private final Differences differences;
    private final ComparisonConfiguration configuration;
    private final Clock clock;

    OrphanSweep(
            Holdings holdings,
            DeletionGuard guard,
            ArchiveStore store,
            Differences differences,
            ComparisonConfiguration configuration,
            Clock clock) {
        this.holdings = holdings;
        this.guard = guard;
        this.store = store;
        this.differences = differences;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * @return why nothing may be removed; null when all that may be was
     *
     * @throws StoreUnavailableException when the storage does not answer; what went until then is written down
     */
    @Nullable
    String sweep(Wanted wanted, Lease lease) {
        var refusal = guard.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var still = orphansNow();
        for (var orphan : differences.unsweptOrphans(wanted.id())) {
            if (still.contains(orphan.object())) {
                lease.check();
                store.delete(orphan.object());
                AUDIT.infof("%s DELETE object %s of comparison %s", wanted.by(), orphan.object(), wanted.id());
                differences.swept(wanted.id(), orphan.object(), clock.instant());
            }
        }
        return null;
    }

    private Set<String> orphansNow() {
        var before = clock.instant().minus(configuration.grace());
        var bucket = BucketObjects.of(store);
        return new Orphans(holdings.fates(), before)
                .of(bucket).stream()
                        .filter(difference -> difference.kind() == Kind.ORPHAN)
                        .map(Difference::object)
                        .collect(Collectors.toSet());
    }
}
