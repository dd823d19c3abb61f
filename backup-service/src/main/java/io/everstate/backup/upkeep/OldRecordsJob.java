package io.everstate.backup.upkeep;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Removes old reports; several replicas may at once, for a row goes once. */
@Singleton
final class OldRecordsJob {
    private static final Logger LOG = Logger.getLogger(OldRecordsJob.class);

    private final OldRecords records;
    private final RecordsConfiguration configuration;
    private final Clock clock;

    OldRecordsJob(OldRecords records, RecordsConfiguration configuration, Clock clock) {
        this.records = records;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Scheduled(
            every = "${everstate.records.look-every:1h}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void removeWhatIsOld() {
        var before = clock.instant().minus(configuration.keep());
        try {
            boolean more;
            do {
                more = records.remove(before);
            } while (more);
        } catch (PersistenceException e) {
            LOG.warnf("Reports of before %s could not be removed: %s", before, e.getMessage());
        }
    }
}
