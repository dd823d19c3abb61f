package io.everstate.state.lease;

import io.everstate.contracts.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Renews a lease beside a step that may take longer than the lease, until the step has ended. Not for ever: who hangs loses it, and another
 * goes on.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final int RENEWALS = 4;

    private final Leases leases;
    private final Lease lease;
    private final Duration ttl;
    private final Duration longest;
    private final Thread thread;
    private volatile long end;
    private volatile boolean ended;

    private Heartbeat(Leases leases, Lease lease, Duration ttl, Duration longest) {
        this.leases = leases;
        this.lease = lease;
        this.ttl = ttl;
        this.longest = longest;
        this.end = System.nanoTime() + longest.toNanos();
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::beat);
    }

    /**
     * @param ttl for so long each renewal holds
     * @param longest after that it is renewed no more, unless {@link #mayTake} says so
     */
    public static Heartbeat of(Leases leases, Lease lease, Duration ttl, Duration longest) {
        var heartbeat = new Heartbeat(leases, lease, ttl, longest);
        heartbeat.thread.start();
        return heartbeat;
    }

    /** What comes next in the step has a deadline of its own: the lease is renewed until then, and for the longest time behind it. */
    public void mayTake(Duration deadline) {
        end = System.nanoTime() + deadline.plus(longest).toNanos();
    }

    private void beat() {
        long pause = ttl.toNanos() / RENEWALS;
        for (long next = System.nanoTime() + pause; !ended && next < end; next += pause) {
            while (!ended && System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            if (!ended && !isRenewed()) {
                return;
            }
        }
    }

    /** False when it is another's by now: whoever works under it is told when it writes. */
    private boolean isRenewed() {
        try {
            leases.renew(lease, ttl);
        } catch (LeaseLostException e) {
            LOG.warn(e.detail());
            return false;
        } catch (ProblemException e) {
            LOG.debugf("the lease on %s is renewed later: %s", lease.name(), e.detail());
        }
        return true;
    }

    /** Nothing is renewed any more when it returns. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
