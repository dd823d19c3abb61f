package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.sealcheck.SealChecks;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.backup.store.WatchedInputStream;
import io.everstate.backup.verification.Verifications.Order;
import io.everstate.contracts.backup.VerificationView.Result;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.LongPredicate;
import org.jboss.logging.Logger;

/** Carries out one verification, one archive after the other. What is missing is said by a check of the chain, which looks once more and tells what is new once. */
@Singleton
class VerificationRunner {
    private static final Logger LOG = Logger.getLogger(VerificationRunner.class);

    private final Verifications verifications;
    private final DeepRead deepRead;
    private final VerificationMetrics metrics;
    private final VerificationConfiguration configuration;
    private final SealChecks sealChecks;
    private final Bandwidth bandwidth;
    private final Clock clock;

    VerificationRunner(
            Verifications verifications,
            DeepRead deepRead,
            VerificationMetrics metrics,
            VerificationConfiguration configuration,
            SealChecks sealChecks,
            Clock clock) {
        this.verifications = verifications;
        this.deepRead = deepRead;
        this.metrics = metrics;
        this.configuration = configuration;
        this.sealChecks = sealChecks;
        this.bandwidth = new Bandwidth(configuration.bandwidth().asLongValue(), System::nanoTime);
        this.clock = clock;
    }

    /**
     * @param waiting waits for so many nanoseconds; true = the service ends
     * @throws LeaseLostException when it is another's work now
     * @throws CancellationException when the service ends; it goes on with whoever has the lease next
     */
    void run(UUID id, Lease lease, LongPredicate waiting) {
        var order = verifications.take(id, lease.fence());
        var pace =
                new Pace(bandwidth, lease, () -> verifications.restoring(order.workspace()), waiting, System::nanoTime);
        try {
            var next = verifications.next(order);
            while (next.isPresent()) {
                look(next.get(), order, pace, lease);
                next = verifications.next(order);
            }
            verifications.ended(id, lease.fence(), null);
        } catch (StoreUnavailableException e) {
            fail(id, lease, e.detail());
        } catch (LeaseLostException | PersistenceException | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Verification %s met a defect", id);
            fail(id, lease, "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private void fail(UUID id, Lease lease, String why) {
        LOG.warnf("Verification %s ended: %s", id, why);
        verifications.ended(id, lease.fence(), why);
    }

    private void look(Completed backup, Order order, Pace pace, Lease lease) {
        var progress = new Progress(order.id(), lease.fence(), pace);
        var outcome = deepRead.of(backup, stored -> {
            progress.begin();
            return new WatchedInputStream(stored, progress::passed);
        });
        lease.check();
        var finding = verifications.found(order.id(), lease.fence(), backup, outcome, progress.bytes);
        metrics.found(finding);
        if (finding.result() == Result.CORRUPTED || finding.result() == Result.MISSING) {
            LOG.errorf("Backup %s is %s: %s", finding.backupId(), finding.result(), finding.what());
        }
        if (finding.result() == Result.MISSING) {
            var key = "verification %s of %s".formatted(order.id(), finding.backupId());
            sealChecks.requestOne(order.workspace(), "verification", key);
        }
    }

    /** How far the reading of one archive is. */
    private final class Progress {
        private final UUID id;
        private final long fence;
        private final Pace pace;
        private Instant due;
        private long bytes;

        Progress(UUID id, long fence, Pace pace) {
            this.id = id;
            this.fence = fence;
            this.pace = pace;
            this.due = clock.instant().plus(configuration.progressEvery());
        }

        void begin() {
            bytes = 0;
        }

        void passed(long count) {
            bytes += count;
            pace.passed(count);
            var now = clock.instant();
            if (!now.isBefore(due)) {
                due = now.plus(configuration.progressEvery());
                verifications.progress(id, fence, bytes);
            }
        }
    }
}
