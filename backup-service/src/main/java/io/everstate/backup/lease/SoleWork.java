package io.everstate.backup.lease;

import io.everstate.contracts.problem.ProblemException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Work of which there is one piece at a time among all replicas, on a thread of its own. Thread-safe. */
public final class SoleWork {
    private static final Logger LOG = Logger.getLogger(SoleWork.class);

    private final String name;
    private final Leases leases;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param name of its lease */
    public SoleWork(String name, Leases leases) {
        this.name = name;
        this.leases = leases;
    }

    /** Does nothing while this or another replica is at it. What the work throws is told, and who asks again begins it again. */
    public void begin(Consumer<Lease> work) {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    runWhereNobodyElseDoes(work);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void runWhereNobodyElseDoes(Consumer<Lease> work) {
        try {
            var lease = leases.tryAcquire(name);
            if (lease.isPresent()) {
                run(work, lease.get());
            }
        } catch (SQLException | PersistenceException | ProblemException e) {
            LOG.warnf("The %s waits: %s", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The %s met a defect", name);
        }
    }

    private void run(Consumer<Lease> work, Lease lease) {
        try {
            work.accept(lease);
        } finally {
            leases.release(lease);
        }
    }
}
