package io.everstate.backup.schedule;

import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks for the backups nobody asks for; that one of them fails is told by its event like any other failure. */
@Singleton
final class BackupScheduleJob {
    private static final Logger LOG = Logger.getLogger(BackupScheduleJob.class);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BackupService backups;
    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final ScheduleConfiguration configuration;
    private final Clock clock;
    private final Instant startedAt;

    BackupScheduleJob(
            BackupService backups,
            Catalogue catalogue,
            Workspaces workspaces,
            ScheduleConfiguration configuration,
            Clock clock) {
        this.backups = backups;
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.configuration = configuration;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void started(@Observes StartupEvent event) {
        if (configuration.atStart()) {
            for (var workspace : workspaces.all()) {
                request(workspace.name(), BackupKind.STATE_ONLY, "Startup backup", null);
            }
        }
    }

    @Scheduled(
            every = "${everstate.schedule.look-every:30s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void takeWhatIsDue() {
        if (configuration.fullEvery().isZero()) {
            return;
        }
        for (var workspace : workspaces.all()) {
            try {
                takeWhenDue(workspace);
            } catch (PersistenceException e) {
                LOG.warnf("Whether a backup of %s is due cannot be seen: %s", workspace.name(), e.getMessage());
            }
        }
    }

    /** The key names the last backup that was asked for, so that of several replicas that see it one request comes out. */
    private void takeWhenDue(Workspace workspace) {
        var name = workspace.name();
        var newest = catalogue.newestRequested(name, BackupKind.FULL);
        var promising = catalogue.newestPromising(name, BackupKind.FULL);
        var first = FullDue.first(configuration, startedAt, promising.isEmpty() && holdsFiles(workspace));
        var due = FullDue.at(
                configuration, first, promising.map(BackupHead::requestedAt), newest.map(BackupHead::requestedAt));
        if (!clock.instant().isBefore(due)) {
            var after = newest.map(head -> head.id().toString()).orElse("none");
            request(name, BackupKind.FULL, "Automatic backup", name + " after " + after);
        }
    }

    /** One that cannot be listed holds none: a backup of it would fail. */
    private static boolean holdsFiles(Workspace workspace) {
        try {
            return Listing.of(workspace, BackupKind.FULL).files() > 0;
        } catch (ProblemException e) {
            LOG.debugf("No first backup of %s yet: %s", workspace.name(), e.detail());
            return false;
        }
    }

    private void request(String workspace, BackupKind kind, String name, @Nullable String key) {
        var description = name + " - " + MINUTE.format(clock.instant());
        try {
            backups.request(workspace, kind, description, new Asked("schedule", key, key));
        } catch (ProblemException | PersistenceException e) {
            LOG.errorf(e, "%s of %s could not be asked for", name, workspace);
        }
    }
}
