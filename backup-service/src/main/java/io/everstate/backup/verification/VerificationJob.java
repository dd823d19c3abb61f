package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseConfiguration;
import io.everstate.backup.lease.Leases;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Asks for the verifications nobody asks for, and runs all of them: one at a time among all replicas, under a lease of its own, so that neither a backup
 * nor a restore waits for one.
 */
@Singleton
final class VerificationJob {
    private static final Logger LOG = Logger.getLogger(VerificationJob.class);
    private static final String LEASE = "verification";

    private final VerificationService service;
    private final Verifications verifications;
    private final VerificationRunner runner;
    private final VerificationMetrics metrics;
    private final VerificationConfiguration configuration;
    private final Proofs proofs;
    private final Leases leases;
    private final boolean works;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean blind;

    VerificationJob(
            VerificationService service,
            Verifications verifications,
            VerificationRunner runner,
            VerificationMetrics metrics,
            VerificationConfiguration configuration,
            Proofs proofs,
            Leases leases,
            LeaseConfiguration leaseConfiguration,
            Clock clock) {
        this.service = service;
        this.verifications = verifications;
        this.runner = runner;
        this.metrics = metrics;
        this.configuration = configuration;
        this.proofs = proofs;
        this.leases = leases;
        this.works = leaseConfiguration.maxConcurrent() > 0;
        this.clock = clock;
    }

    /** The one that was not read for the longest time; its key names the last try, so that of several replicas one request comes out. */
    @Scheduled(
            every = "${everstate.verification.look-every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void requestWhatIsDue() {
        try {
            var now = clock.instant();
            var unread = proofs.unreadSince(now);
            metrics.oldest(unread.stream().map(Completed::verifiedAt).findFirst());
            if (verifications.nextUnfinished().isPresent()) {
                return;
            }
            var tried = verifications.triedSince(now.minus(configuration.retryAfter()));
            unread.stream()
                    .filter(backup -> backup.verifiedAt().isBefore(now.minus(configuration.after())))
                    .filter(backup -> !tried.contains(backup.head().id()))
                    .findFirst()
                    .ifPresent(this::request);
        } catch (PersistenceException e) {
            LOG.warnf("Whether an archive has to be read again cannot be seen: %s", e.getMessage());
        }
    }

    private void request(Completed backup) {
        var id = backup.head().id();
        var last = verifications.newestOf(id).map(UUID::toString).orElse("none");
        var key = "%s after %s".formatted(id, last);
        service.request(backup.head().workspace(), id, new Asked("schedule", key, key));
    }

    @Scheduled(
            every = "${everstate.verification.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void poll() {
        try {
            if (works && !busy.get() && verifications.nextUnfinished().isPresent() && busy.compareAndSet(false, true)) {
                Thread.ofVirtual().name("verification").start(this::work);
            }
            blind = false;
        } catch (PersistenceException e) {
            if (!blind) {
                LOG.warnf("Verifications cannot be looked for: %s", e.getMessage());
            }
            blind = true;
        }
    }

    private void work() {
        try {
            var lease = leases.tryAcquire(LEASE);
            if (lease.isPresent()) {
                work(lease.get());
            }
        } catch (SQLException | PersistenceException e) {
            LOG.warnf("Verifications wait: %s", e.getMessage());
        } catch (ProblemException e) {
            LOG.warnf("A verification ended here: %s", e.detail());
        } catch (CancellationException e) {
            LOG.infof("A verification goes on after the next start: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Verifications met a defect", e);
        } finally {
            busy.set(false);
        }
    }

    private void work(Lease lease) {
        try {
            var next = verifications.nextUnfinished();
            while (next.isPresent()) {
                lease.check();
                runner.run(next.get(), lease, this::stopsWithin);
                next = verifications.nextUnfinished();
            }
        } finally {
            leases.release(lease);
        }
    }

    private boolean stopsWithin(long nanos) {
        try {
            return stopping.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
