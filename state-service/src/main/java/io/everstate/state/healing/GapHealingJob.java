package io.everstate.state.healing;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.finding.OpenFindings;
import io.everstate.state.peer.BotOwners;
import io.everstate.state.projection.ProjectionStatus;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Looks for gaps in the partitions that are folded here. */
@Singleton
final class GapHealingJob {
    private static final Logger LOG = Logger.getLogger(GapHealingJob.class);

    private final OpenFindings findings;
    private final ProjectionStatus status;
    private final GapHealing healing;

    GapHealingJob(
            OpenFindings findings,
            ProjectionStatus status,
            BotOwners owners,
            HealingConfiguration configuration,
            Clock clock) {
        this.findings = findings;
        this.status = status;
        this.healing = new GapHealing(
                bot -> owners.saveWhole(bot, null), findings::giveUp, findings::unanswered, configuration, clock);
    }

    @Scheduled(
            every = "${everstate.healing.ask-every:5s}",
            delayed = "${everstate.healing.ask-every:5s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void heal() {
        try {
            healing.heal(findings.gaps(status.folding()));
        } catch (ProblemException e) {
            LOG.debugf("gaps are looked for again later: %s", e.detail());
        }
    }
}
