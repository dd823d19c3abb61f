package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.SealedBackups;
import io.everstate.backup.seal.SealObjects;
import io.everstate.backup.seal.SealUptake;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Seals completed backups of before there were seals, and stores seals that the bucket did not take when they were written. */
@Singleton
final class SealJob {
    private static final Logger LOG = Logger.getLogger(SealJob.class);

    private final SealedBackups backups;
    private final SealUptake uptake;
    private final SealObjects objects;
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    SealJob(SealedBackups backups, SealUptake uptake, SealObjects objects) {
        this.backups = backups;
        this.uptake = uptake;
        this.objects = objects;
    }

    @Scheduled(
            every = "${everstate.seals.look-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sealWhatIsNot() {
        try {
            backups.unsealed().stream()
                    .collect(Collectors.groupingBy(backup -> backup.head().workspace()))
                    .forEach(this::seal);
            objects.storeWhatWaits();
        } catch (ProblemException | PersistenceException e) {
            LOG.debugf("Sealing waits: %s", e.getMessage());
        }
    }

    /** Those of one whose chain would begin a second time wait, which is told of once. */
    private void seal(String workspace, List<Completed> unsealed) {
        var refusal = uptake.takeUp(workspace).refusal();
        if (refusal == null) {
            refused.remove(workspace);
            unsealed.forEach(backups::seal);
        } else if (!refusal.equals(refused.put(workspace, refusal))) {
            LOG.errorf("No backup of %s is sealed: %s", workspace, refusal);
        }
    }
}
