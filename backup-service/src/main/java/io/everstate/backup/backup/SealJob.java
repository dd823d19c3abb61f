package io.everstate.backup.backup;

import io.everstate.backup.catalogue.SealedBackups;
import io.everstate.backup.seal.SealObjects;
import io.everstate.backup.seal.SealUptake;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import org.jboss.logging.Logger;

/** Seals completed backups of before there were seals, and stores seals that the bucket did not take when they were written. */
@Singleton
final class SealJob {
    private static final Logger LOG = Logger.getLogger(SealJob.class);

    private final SealedBackups backups;
    private final SealUptake uptake;
    private final SealObjects objects;

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
            var unsealed = backups.unsealed();
            unsealed.stream()
                    .map(backup -> backup.head().workspace())
                    .distinct()
                    .forEach(uptake::takeUp);
            unsealed.forEach(backups::seal);
            objects.storeWhatWaits();
        } catch (ProblemException | PersistenceException e) {
            LOG.debugf("Sealing waits: %s", e.getMessage());
        }
    }
}
