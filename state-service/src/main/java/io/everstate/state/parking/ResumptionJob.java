package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.projection.ProjectionStatus;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes bots up again by itself that an earlier version parked, in the partitions that are folded here, soon after the start or the
 * assignment. What this version does not understand once it never will, so each record is looked at once.
 */
@Singleton
final class ResumptionJob {
    private static final Logger LOG = Logger.getLogger(ResumptionJob.class);

    private final Resumptions resumptions;
    private final ProjectionStatus status;
    private final Set<Look> looked = ConcurrentHashMap.newKeySet();

    ResumptionJob(Resumptions resumptions, ProjectionStatus status) {
        this.resumptions = resumptions;
        this.status = status;
    }

    private record Look(int partition, BotId bot, long offset) {
        static Look at(int partition, ParkedBot bot) {
            return new Look(partition, bot.bot(), bot.parking().offset());
        }
    }

    @Scheduled(
            every = "${everstate.parking.look-every:10s}",
            delayed = "${everstate.parking.look-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void resume() {
        status.parkedByPartition().forEach(this::resume);
    }

    private void resume(int partition, List<ParkedBot> parked) {
        var looks = parked.stream()
                .map(bot -> Look.at(partition, bot))
                .filter(look -> !looked.contains(look))
                .collect(Collectors.toSet());
        if (looks.isEmpty()) {
            return;
        }
        try {
            resumptions.resume(partition, bot -> looks.contains(Look.at(partition, bot)));
            looked.addAll(looks);
        } catch (ProblemException e) {
            LOG.infof("the parked bots of partition %d are looked at again later: %s", partition, e.detail());
        }
    }
}
