package io.everstate.backup.watch;

import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitStatusView.Kept;
import io.everstate.contracts.backup.RecoveryKitStatusView.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether somebody keeps a recovery kit that is of use; told once where the catalogue is away. {@code everstate.recovery.kit.age} (seconds, not a number
 * while none is kept) and {@code everstate.recovery.kit.useless} (1 where none that is kept is of use, else 0).
 */
@Singleton
final class KitJob {
    private static final Logger LOG = Logger.getLogger(KitJob.class);

    private final KitWatch watch;
    private volatile @Nullable RecoveryKitStatusView seen;
    private boolean blind;

    KitJob(KitWatch watch, MeterRegistry registry) {
        this.watch = watch;
        Gauge.builder("everstate.recovery.kit.age", this, KitJob::age)
                .description("How long ago the recovery kit that is kept was made")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        Gauge.builder("everstate.recovery.kit.useless", this, KitJob::useless)
                .description("1 where nobody keeps a recovery kit that is of use, else 0")
                .strongReference(true)
                .register(registry);
    }

    private double age() {
        return Optional.ofNullable(seen)
                .map(RecoveryKitStatusView::kept)
                .map(Kept::ageSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    private double useless() {
        return Optional.ofNullable(seen)
                .map(status -> status.state() == State.OK ? 0.0 : 1.0)
                .orElse(Double.NaN);
    }

    @Scheduled(
            every = "${everstate.recovery-kit.look-every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        try {
            seen = watch.look();
            blind = false;
        } catch (PersistenceException e) {
            if (!blind) {
                LOG.warnf("How old the recovery kit is cannot be seen: %s", e.getMessage());
            }
            blind = true;
        }
    }
}
