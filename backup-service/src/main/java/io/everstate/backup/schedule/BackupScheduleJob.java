package io.everstate.backup.schedule;

import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.ScheduleView;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
    private final Schedules schedules;
    private final ScheduleConfiguration configuration;
    private final Clock clock;
    private final Instant startedAt;

    BackupScheduleJob(
            BackupService backups,
            Catalogue catalogue,
            Workspaces workspaces,
            Schedules schedules,
            ScheduleConfiguration configuration,
            Clock clock) {
        this.backups = backups;
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.schedules = schedules;
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
        for (var workspace : workspaces.all()) {
            try {
                takeFullWhenDue(workspace);
                takeIncrementalWhenDue(workspace.name());
            } catch (PersistenceException e) {
                LOG.warnf("Whether a backup of %s is due cannot be seen: %s", workspace.name(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "Whether a backup of %s is due cannot be seen; the other workspaces are looked at",
                        workspace.name());
            }
        }
    }

    /**
     * @param at when one is due
     * @param after the id of the newest that was asked for, which says so
     */
    private record Due(Instant at, String after) {}

    /** The key names the last backup that was asked for, so that of several replicas that see it one request comes out. */
    private void takeFullWhenDue(Workspace workspace) {
        var name = workspace.name();
        if (configuration.fullEvery().isZero() || (hasTimes(name, BackupKind.FULL) && hasFull(name))) {
            return;
        }
        var due = due(workspace);
        if (!clock.instant().isBefore(due.at())) {
            request(name, BackupKind.FULL, "Automatic backup", name + " after " + due.after());
        }
    }

    /** Not while another waits or runs: where one takes longer than the interval they would pile up. */
    private void takeIncrementalWhenDue(String name) {
        if (configuration.incrementalEvery().isZero()
                || hasTimes(name, BackupKind.INCREMENTAL)
                || catalogue.workspacesWithUnfinished().contains(name)) {
            return;
        }
        var due = incrementalDue(name);
        if (!clock.instant().isBefore(due.at())) {
            request(name, BackupKind.INCREMENTAL, "Automatic incremental", name + " changes after " + due.after());
        }
    }

    /** The first one does not wait for its time. */
    private boolean hasFull(String workspace) {
        return catalogue.newestPromising(workspace, BackupKind.FULL).isPresent();
    }

    /** Then no interval counts. */
    private boolean hasTimes(String workspace, BackupKind kind) {
        return schedules.find(workspace, kind).isPresent();
    }

    /** When the next backups by interval of each workspace come, as it is seen now. */
    List<ScheduleView> next() {
        return workspaces.all().stream()
                .flatMap(workspace -> Stream.concat(nextFull(workspace), nextIncremental(workspace.name())))
                .filter(view -> !hasTimes(view.workspace(), view.kind()))
                .toList();
    }

    private Stream<ScheduleView> nextFull(Workspace workspace) {
        var every = configuration.fullEvery();
        return Stream.of(view(
                workspace.name(),
                BackupKind.FULL,
                every,
                every.isZero() ? null : due(workspace).at()));
    }

    private Stream<ScheduleView> nextIncremental(String name) {
        var every = configuration.incrementalEvery();
        return every.isZero()
                ? Stream.empty()
                : Stream.of(view(
                        name,
                        BackupKind.INCREMENTAL,
                        every,
                        incrementalDue(name).at()));
    }

    private ScheduleView view(String workspace, BackupKind kind, Duration every, @Nullable Instant next) {
        var why = next == null ? "none is taken by itself" : "the newest may get as old as " + every;
        return new ScheduleView(workspace, kind, next, why, null, null, schedules.version(workspace, kind));
    }

    /** The first comes an interval after the start: until then a FULL is due anyway. */
    private Due incrementalDue(String name) {
        var newest = catalogue.newestRequested(name, BackupKind.FULL, BackupKind.INCREMENTAL);
        var promising = catalogue.newestPromising(name, BackupKind.FULL, BackupKind.INCREMENTAL);
        var every = configuration.incrementalEvery();
        var at = FullDue.at(
                configuration,
                every,
                startedAt.plus(every),
                promising.map(BackupHead::requestedAt),
                newest.map(BackupHead::requestedAt));
        return new Due(at, newest.map(head -> head.id().toString()).orElse("none"));
    }

    private Due due(Workspace workspace) {
        var newest = catalogue.newestRequested(workspace.name(), BackupKind.FULL);
        var promising = catalogue.newestPromising(workspace.name(), BackupKind.FULL);
        var first = FullDue.first(configuration, startedAt, promising.isEmpty() && holdsFiles(workspace));
        var at = FullDue.at(
                configuration, first, promising.map(BackupHead::requestedAt), newest.map(BackupHead::requestedAt));
        return new Due(at, newest.map(head -> head.id().toString()).orElse("none"));
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
