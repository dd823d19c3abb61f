package io.everstate.state.snapshot.validation;

import io.everstate.state.lease.Leases;
import io.everstate.state.platform.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks at stored snapshots again and again, at one each time, so that damage is found before somebody needs what is damaged. One that an
 * end of the service left without any look comes first.
 */
@Singleton
class ValidationJob {
    private static final Logger LOG = Logger.getLogger(ValidationJob.class);

    private static final String LONGEST_UNVALIDATED = """
            select s.id from system_state_snapshots s
            order by (select max(r.validated_at) from state_validation_results r where r.snapshot = s.snapshot) nulls first, s.snapshot
            limit 1""";

    /** The lease runs out that part of an interval before the next look. */
    private static final int SHARE_OF_INTERVAL = 10;

    private final Transactions transactions;
    private final SnapshotValidation validation;
    private final Leases leases;
    private final ValidationConfiguration configuration;

    ValidationJob(
            Transactions transactions,
            SnapshotValidation validation,
            Leases leases,
            ValidationConfiguration configuration) {
        this.transactions = transactions;
        this.validation = validation;
        this.leases = leases;
        this.configuration = configuration;
    }

    @Scheduled(
            identity = "snapshot-validation",
            every = "${everstate.snapshot-validation.every:5m}",
            delayed = "${everstate.snapshot-validation.every:5m}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtOne() {
        try {
            // not released: whoever has it looks for the others too
            leases.tryAcquire("snapshot-validation", configuration.owner(), ttl())
                    .ifPresent(lease -> next().ifPresent(snapshot -> validation.validate(snapshot, lease)));
        } catch (RuntimeException e) {
            // the next look comes by itself
            LOG.error("no snapshot was looked at again", e);
        }
    }

    private Duration ttl() {
        return configuration.every().minus(configuration.every().dividedBy(SHARE_OF_INTERVAL));
    }

    /** The one that nobody has looked at for longest; first one that nobody ever looked at. */
    Optional<UUID> next() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(LONGEST_UNVALIDATED);
                    var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }
}
