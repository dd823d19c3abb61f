package io.everstate.state.restore;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.lease.Lease;
import io.everstate.state.projection.Projection;
import io.everstate.state.restore.record.Recovery;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** Carries restores out, one after the other, and goes on with those that another process left. */
@Singleton
class RestoreJob {
    private static final Logger LOG = Logger.getLogger(RestoreJob.class);

    private static final Duration END = Duration.ofSeconds(12);

    private final RestoreParts parts;
    private final Tenure tenure;
    private final ReentrantLock alone = new ReentrantLock();
    /** Used under the lock. */
    private final Set<UUID> known = new HashSet<>();

    RestoreJob(RestoreParts parts) {
        this.parts = parts;
        this.tenure = parts.tenure();
    }

    /** Who asked does not wait for the next look. */
    void goOnSoon() {
        Thread.ofVirtual().name("restore").start(this::goOn);
    }

    @Scheduled(
            identity = "restore",
            every = "${everstate.restore.poll:1s}",
            delayed = "${everstate.restore.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void goOn() {
        if (!alone.tryLock()) {
            return;
        }
        try {
            if (parts.log().unfinished().isPresent()) {
                tenure.begin().ifPresent(this::goOnUnder);
            }
        } catch (ProblemException e) {
            LOG.debugf("restores are gone on with later: %s", e.detail());
        } catch (RuntimeException e) {
            LOG.error("restores are not gone on with; the next try comes by itself", e);
        } finally {
            alone.unlock();
        }
    }

    private void goOnUnder(Lease lease) {
        try {
            Optional<Recovery> next = parts.log().unfinished();
            while (next.isPresent() && !tenure.isEnding()) {
                goOn(next.get(), lease);
                next = parts.log().unfinished();
            }
        } finally {
            tenure.end(lease);
        }
    }

    private void goOn(Recovery recovery, Lease lease) {
        var id = recovery.view().id();
        var attempt = new RestoreAttempt(parts, recovery, lease);
        if (known.add(id) && attempt.isBegun()) {
            attempt.resumed("%s went on with it at %s, for the process before had ended in the middle"
                    .formatted(tenure.owner(), parts.clock().instant()));
            LOG.warnf("restore %s was left in the middle and is gone on with", id);
        }
        try {
            report(attempt.goOn());
        } catch (ProblemException e) {
            LOG.warnf("restore %s is gone on with later: %s", id, e.detail());
            throw e;
        }
    }

    private static void report(StateRestoreView ended) {
        LOG.infof(
                "restore %s%s by %s is %s: %d bots, %d restored, %d failed, %d left alone, rung %s, %d events and %d s undone, %d ms %s",
                ended.id(),
                ended.dryRun() ? " (dry run)" : "",
                ended.askedBy(),
                ended.status(),
                ended.bots(),
                ended.restored(),
                ended.failed(),
                ended.left(),
                ended.rung() == null ? "-" : ended.rung(),
                ended.eventsLost(),
                ended.secondsLost(),
                ended.took(),
                ended.findings());
    }

    /** What is under way ends between two bots, while the log is still folded; whoever starts next goes on. */
    void onStop(@Observes @Priority(Projection.STOPS_FIRST - 1) ShutdownEvent event) throws InterruptedException {
        tenure.endAll();
        if (alone.tryLock(END.toMillis(), TimeUnit.MILLISECONDS)) {
            alone.unlock();
        }
    }
}
