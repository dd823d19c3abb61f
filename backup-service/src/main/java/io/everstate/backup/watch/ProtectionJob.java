package io.everstate.backup.watch;

import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Looks whether the newest backup of a workspace has become too old; told once where the catalogue is away. */
@Singleton
final class ProtectionJob {
    private static final Logger LOG = Logger.getLogger(ProtectionJob.class);

    private final Protections protections;
    private final Workspaces workspaces;
    private final ProtectionMetrics metrics;
    private boolean blind;

    ProtectionJob(Protections protections, Workspaces workspaces, ProtectionMetrics metrics) {
        this.protections = protections;
        this.workspaces = workspaces;
        this.metrics = metrics;
    }

    @Scheduled(
            every = "${everstate.protection.look-every:30s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        try {
            var names = workspaces.all().stream().map(Workspace::name).toList();
            names.forEach(protections::look);
            metrics.looked(names.stream().map(protections::view).toList());
            blind = false;
        } catch (PersistenceException e) {
            if (!blind) {
                LOG.warnf("How old the backups are cannot be seen: %s", e.getMessage());
            }
            blind = true;
        }
    }
}
