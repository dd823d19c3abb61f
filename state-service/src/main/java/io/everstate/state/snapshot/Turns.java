package io.everstate.state.snapshot;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.lease.Heartbeat;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.Leases;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One snapshot after the other, whoever takes it and for whatever reason: so a later one is never of an earlier cut, and who was taken for
 * dead stores nothing behind those that came after it.
 */
@Singleton
public final class Turns {
    private static final String LEASE = "snapshots";
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Leases leases;
    private final TurnConfiguration configuration;

    Turns(Leases leases, TurnConfiguration configuration) {
        this.leases = leases;
        this.configuration = configuration;
    }

    /**
     * Waits for those that are being taken.
     *
     * @throws ProblemException UNAVAILABLE when they are not done by then
     */
    <T> T inTurn(Function<Lease, T> work) {
        return within(configuration.patience(), work)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "another snapshot is being taken for %d s"
                                .formatted(configuration.patience().toSeconds())));
    }

    /** Empty when nothing was done, because others were not done by then. No patience: now, or not at all. */
    public <T> Optional<T> within(Duration patience, Function<Lease, T> work) {
        var begin = System.nanoTime();
        var lease = acquired();
        while (lease.isEmpty() && System.nanoTime() - begin < patience.toNanos() && paused()) {
            lease = acquired();
        }
        return lease.map(held -> done(held, work));
    }

    /** False when the thread is to end. */
    private static boolean paused() {
        LockSupport.parkNanos(LOOK.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    private Optional<Lease> acquired() {
        return leases.tryAcquire(LEASE, configuration.owner(), configuration.lease());
    }

    private <T> T done(Lease lease, Function<Lease, T> work) {
        try (var _ = Heartbeat.of(leases, lease, configuration.lease(), configuration.longest())) {
            return work.apply(lease);
        } finally {
            leases.release(lease);
        }
    }
}
