package io.everstate.backup.schedule;

import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Asks for the backups that cron expressions name. */
@Singleton
final class CronJob {
    private static final Logger LOG = Logger.getLogger(CronJob.class);

    private final Schedules schedules;
    private final CronTurns turns;
    private final Workspaces workspaces;

    CronJob(Schedules schedules, CronTurns turns, Workspaces workspaces) {
        this.schedules = schedules;
        this.turns = turns;
        this.workspaces = workspaces;
    }

    @Scheduled(
            every = "${everstate.schedule.look-every:30s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void takeWhatIsDue() {
        for (var workspace : workspaces.all()) {
            try {
                schedules.of(workspace.name()).forEach(turns::take);
            } catch (ProblemException | PersistenceException e) {
                LOG.warnf("Whether a backup of %s is due cannot be seen: %s", workspace.name(), e.getMessage());
            }
        }
    }
}
