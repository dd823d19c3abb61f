package io.everstate.backup.retention;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.catalogue.Backup.Expired;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Expiries;
import io.everstate.backup.seal.SealObjects;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Asks for the clean-ups that nobody asks for, and removes the objects of backups that were given up. */
@Singleton
final class RetentionJob {
    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final int AT_A_TIME = 20;

    private final RetentionService service;
    private final RetentionRuns runs;
    private final Expiries expiries;
    private final SealObjects seals;
    private final ArchiveStore store;
    private final Workspaces workspaces;
    private final RetentionConfiguration configuration;
    private final DeletionGuard guard;
    private final Clock clock;
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();

    RetentionJob(
            RetentionService service,
            RetentionRuns runs,
            Expiries expiries,
            SealObjects seals,
            ArchiveStore store,
            Workspaces workspaces,
            RetentionConfiguration configuration,
            DeletionGuard guard,
            Clock clock) {
        this.service = service;
        this.runs = runs;
        this.expiries = expiries;
        this.seals = seals;
        this.store = store;
        this.workspaces = workspaces;
        this.configuration = configuration;
        this.guard = guard;
        this.clock = clock;
    }

    /** The key names the week, so that of several replicas one request comes out; a time that was missed is made up for once. What was refused then is tried again before the next time. */
    @Scheduled(
            every = "${everstate.retention.look-every:5m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void requestWhatIsDue() {
        var now = clock.instant();
        var due = lastTime(configuration, now);
        for (var workspace : workspaces.all()) {
            var name = workspace.name();
            try {
                if (runs.newest(name).filter(at -> !at.isBefore(due)).isEmpty()) {
                    var key = name + " at " + due;
                    service.request(new Wanted(name, null, null), new Asked(RetentionRuns.BY_ITSELF, key, key));
                }
                runs.again(name, due, now.minus(configuration.retryAfter()));
            } catch (ProblemException | PersistenceException e) {
                LOG.warnf("A clean-up of %s could not be asked for: %s", name, e.getMessage());
            }
        }
    }

    /** The last time at which it should have been cleaned up. */
    static Instant lastTime(RetentionConfiguration configuration, Instant now) {
        var utc = now.atOffset(ZoneOffset.UTC);
        var thisWeek =
                utc.with(TemporalAdjusters.previousOrSame(configuration.day())).with(configuration.time());
        return (thisWeek.isAfter(utc) ? thisWeek.minusWeeks(1) : thisWeek).toInstant();
    }

    /**
     * Their seals say first that they may be missing, and one whose seal the bucket did not take waits; their rows say that nobody restores them any more, so the manifest goes first and the row says last that all
     * is gone.
     */
    @Scheduled(
            every = "${everstate.backup.sweep-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void removeWhatIsGivenUp() {
        try {
            seals.storeWhatWaits();
            var expired = expiries.expired(AT_A_TIME);
            if (!expired.isEmpty() && guard.refusal().isEmpty()) {
                expired.forEach(this::remove);
            }
        } catch (StoreUnavailableException | PersistenceException e) {
            LOG.debugf("Removing what was given up waits: %s", e.getMessage());
        }
    }

    /** One that cannot be removed is told of once. */
    private void remove(Expired expired) {
        var archive = expired.archive();
        try {
            store.delete(archive.manifestName());
            store.delete(archive.objectName());
            expiries.deleted(expired.delete(clock.instant()));
            stuck.remove(archive.objectName());
        } catch (StoreUnavailableException e) {
            if (stuck.add(archive.objectName())) {
                LOG.warnf("%s was given up and cannot be removed yet: %s", archive.objectName(), e.getMessage());
            }
        }
    }
}
