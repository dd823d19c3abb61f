package io.everstate.backup.lease;

import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Gives waiting work to threads: never two pieces in one workspace at a time, among all replicas. */
@Singleton
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Leases leases;
    private final LeaseConfiguration configuration;
    private final Instance<WorkspaceWork> kinds;
    private final Semaphore free;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;
    private volatile boolean blind;

    Dispatcher(Leases leases, LeaseConfiguration configuration, Instance<WorkspaceWork> kinds) {
        this.leases = leases;
        this.configuration = configuration;
        this.kinds = kinds;
        this.free = new Semaphore(Math.max(0, configuration.maxConcurrent()));
    }

    @Scheduled(
            every = "${everstate.lease.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void poll() {
        try {
            waiting().forEach(this::begin);
            blind = false;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.warnf("Waiting work cannot be looked for: %s", e.getMessage());
            }
            blind = true;
        }
    }

    @Scheduled(
            every = "${everstate.lease.heartbeat:3s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void heartbeat() {
        leases.renew();
    }

    /** Looks for work of this workspace now and not at the next poll. */
    public void wake(String workspace) {
        begin(workspace);
    }

    private Set<String> waiting() {
        var names = new TreeSet<String>();
        inOrder().forEach(kind -> names.addAll(kind.waiting()));
        return names;
    }

    /** Asked for when there is work and not when this is made: what does the work asks for this in turn, to wake it. */
    private List<WorkspaceWork> inOrder() {
        return kinds.stream()
                .sorted(Comparator.comparingInt(WorkspaceWork::order))
                .toList();
    }

    private void begin(String workspace) {
        if (stopping || !busy.add(workspace)) {
            return;
        }
        threads.execute(() -> {
            try {
                work(workspace);
            } finally {
                busy.remove(workspace);
            }
        });
    }

    private void work(String workspace) {
        if (!free.tryAcquire()) {
            return;
        }
        try {
            var lease = leases.tryAcquire("workspace:" + workspace);
            if (lease.isPresent()) {
                work(workspace, lease.get());
            }
        } catch (ProblemException e) {
            LOG.warnf("Work on %s ended: %s", workspace, e.detail());
        } catch (SQLException e) {
            LOG.warnf("Work on %s waits: %s", workspace, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Work on %s ended", workspace);
        } finally {
            free.release();
        }
    }

    private void work(String workspace, Lease lease) {
        try {
            var works = inOrder();
            works.forEach(work -> work.mend(workspace, lease));
            while (!stopping && works.stream().anyMatch(work -> work.runNext(workspace, lease))) {
                lease.check();
            }
        } finally {
            leases.release(lease);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(configuration.shutdown().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Work is cut off; the next start cleans up after it");
        }
    }
}
