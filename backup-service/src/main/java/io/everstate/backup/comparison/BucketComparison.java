package io.everstate.backup.comparison;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.backup.verification.VerificationService;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Holds the bucket against the catalogue, both ways, and writes down what differs. In this order: completed backups, the bucket, all rows. So a backup that is
 * completed meanwhile is not missed in the bucket, and an object that comes meanwhile has its row.
 */
@Singleton
final class BucketComparison {
    private static final Logger LOG = Logger.getLogger(BucketComparison.class);

    private final Holdings holdings;
    private final Losses losses;
    private final ArchiveStore store;
    private final Comparisons comparisons;
    private final VerificationService verifications;
    private final ComparisonConfiguration configuration;
    private final Clock clock;
    private final Map<Kind, AtomicLong> counts = new EnumMap<>(Kind.class);

    BucketComparison(
            Holdings holdings,
            Losses losses,
            ArchiveStore store,
            Comparisons comparisons,
            VerificationService verifications,
            ComparisonConfiguration configuration,
            Clock clock,
            MeterRegistry registry) {
        this.holdings = holdings;
        this.losses = losses;
        this.store = store;
        this.comparisons = comparisons;
        this.verifications = verifications;
        this.configuration = configuration;
        this.clock = clock;
        Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind, gauge(kind, registry)));
    }

    private static AtomicLong gauge(Kind kind, MeterRegistry registry) {
        var count = new AtomicLong();
        Gauge.builder("everstate.bucket.differences", count, AtomicLong::doubleValue)
                .description("What the bucket and the catalogue differ in, as of this replica's last comparison")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
        return count;
    }

    /** @throws StoreUnavailableException when the bucket cannot be listed */
    void compare(UUID id) {
        var before = clock.instant().minus(configuration.grace());
        var completed = holdings.completed();
        var bucket = BucketObjects.of(store);
        var orphans = new Orphans(holdings.fates(), before).of(bucket);
        var found = Stream.concat(orphans.stream(), losses.of(completed, bucket).stream())
                .toList();
        comparisons.completed(id, bucket.objects().size(), found);
        tell(found);
        haveRead(completed, found);
    }

    /** The reading says whether what differs is still what was written, and tells people when it is not; once for each difference. */
    private void haveRead(List<Completed> completed, List<Difference> found) {
        var workspaces = completed.stream()
                .collect(Collectors.toMap(
                        backup -> backup.head().id(), backup -> backup.head().workspace()));
        for (var difference : found) {
            var backup = difference.backupId();
            var workspace = backup == null ? null : workspaces.get(backup);
            if (workspace != null && (difference.kind() == Kind.MISSING || difference.kind() == Kind.CHANGED)) {
                var key = difference.object() + ": " + difference.detail();
                verifications.request(workspace, backup, new Asked("comparison", key, key));
            }
        }
    }

    private void tell(List<Difference> found) {
        counts.forEach((kind, count) -> count.set(
                found.stream().filter(difference -> difference.kind() == kind).count()));
        for (var difference : found) {
            if (difference.kind() == Kind.MISSING || difference.kind() == Kind.CHANGED) {
                LOG.errorf("%s is %s: %s", difference.object(), difference.kind(), difference.detail());
            }
        }
        if (!found.isEmpty()) {
            LOG.warnf("The bucket and the catalogue differ in %d objects", found.size());
        }
    }
}
