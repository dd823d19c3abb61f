package io.everstate.state.rebuild;

import io.everstate.state.lease.Fence;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.Leases;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** The lease of a work that takes longer than the lease: it is renewed while the work goes on. Used by one thread. */
final class HeldLease implements Fence, AutoCloseable {
    private static final int RENEWALS = 4;

    private final Leases leases;
    private final Lease lease;
    private final Duration ttl;
    private final BooleanSupplier stopping;
    private long renewed = System.nanoTime();

    /** @param stopping whether the work is to end where it is */
    HeldLease(Leases leases, Lease lease, Duration ttl, BooleanSupplier stopping) {
        this.leases = leases;
        this.lease = lease;
        this.ttl = ttl;
        this.stopping = stopping;
    }

    /**
     * Called often by the work.
     *
     * @throws io.everstate.state.lease.LeaseLostException when another has it by now
     * @throws CancellationException when the service ends
     */
    void beat() {
        if (stopping.getAsBoolean()) {
            throw new CancellationException("the service ends");
        }
        if (System.nanoTime() - renewed > ttl.toNanos() / RENEWALS) {
            leases.renew(lease, ttl);
            renewed = System.nanoTime();
        }
    }

    @Override
    public void check(Connection connection) throws SQLException {
        lease.check(connection);
    }

    @Override
    public void close() {
        leases.release(lease);
    }
}
