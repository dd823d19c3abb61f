package io.everstate.backup.bucket;

import io.everstate.backup.catalogue.FoundBackups;
import io.everstate.backup.store.StoreUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing be deleted while the bucket holds archives that the catalogue does not know. A database that was lost, made anew or taken back to an older
 * state knows less than the bucket: what it would call superfluous may be the last good one.
 */
@Singleton
public final class DeletionGuard {
    private static final Logger LOG = Logger.getLogger(DeletionGuard.class);
    private static final int EXAMPLES = 20;

    private final BucketArchives archives;
    private final FoundBackups backups;
    private final BucketConfiguration configuration;
    private final Clock clock;
    private final AtomicReference<@Nullable CatalogueLook> last = new AtomicReference<>();

    DeletionGuard(
            BucketArchives archives,
            FoundBackups backups,
            BucketConfiguration configuration,
            Clock clock,
            MeterRegistry registry) {
        this.archives = archives;
        this.backups = backups;
        this.configuration = configuration;
        this.clock = clock;
        Gauge.builder("everstate.catalogue.unknown.archives", last, DeletionGuard::unknown)
                .description("Archives of the bucket that the catalogue does not know, as of the last look")
                .register(registry);
    }

    /**
     * Why nothing may be deleted now; empty when that may be, by a look of this moment.
     *
     * @throws StoreUnavailableException when the bucket cannot be listed: then nothing may be deleted either
     */
    public Optional<String> refusal() {
        return Optional.ofNullable(ask().refusal());
    }

    /**
     * What may be deleted now.
     *
     * @param refusal why nothing may be; null when something may
     * @param whole which backups the bucket has: of the others nobody may say that they remain. Empty beside a refusal
     */
    public record Permission(@Nullable String refusal, Set<UUID> whole) {}

    /**
     * By a look of this moment, unless one a moment ago forbade it.
     *
     * @throws StoreUnavailableException when the bucket cannot be listed: then nothing may be deleted either
     */
    public Permission ask() {
        var before = last.get();
        if (before != null
                && before.blocked() != null
                && before.at().plus(configuration.blockedFor()).isAfter(clock.instant())) {
            return new Permission(before.blocked(), Set.of());
        }
        var now = look();
        return new Permission(now.blocked(), now.blocked() == null ? now.whole() : Set.of());
    }

    /** After the catalogue changed: an earlier look does not count any more. */
    public void refresh() {
        last.set(null);
    }

    /** Lists the bucket, then asks the catalogue, and tells what is new. */
    CatalogueLook look() {
        var at = clock.instant();
        var found = archives.whole();
        var whole = found.stream().map(archive -> archive.place().id()).collect(Collectors.toUnmodifiableSet());
        var unknown = backups.unknown(List.copyOf(whole));
        var examples = found.stream()
                .filter(archive -> unknown.contains(archive.place().id()))
                .limit(EXAMPLES)
                .map(archive -> archive.archive().name())
                .toList();
        var look = new CatalogueLook(at, whole, unknown.size(), examples, backups.unreadCount());
        tell(last.getAndSet(look), look);
        return look;
    }

    private static void tell(@Nullable CatalogueLook before, CatalogueLook now) {
        var was = before == null ? null : before.blocked();
        if (now.blocked() != null && !now.blocked().equals(was)) {
            LOG.warnf("Nothing is deleted for now: %s", now.blocked());
        } else if (now.blocked() == null && was != null) {
            LOG.infof("The catalogue knows all %d archives of the bucket", now.archives());
        }
    }

    Optional<CatalogueLook> last() {
        return Optional.ofNullable(last.get());
    }

    private static double unknown(AtomicReference<@Nullable CatalogueLook> last) {
        var look = last.get();
        return look == null ? Double.NaN : look.unknown();
    }
}
