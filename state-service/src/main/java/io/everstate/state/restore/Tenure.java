package io.everstate.state.restore;

import io.everstate.state.lease.Heartbeat;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The right to carry restores out: one replica at a time has it, for as long as it shows that it lives. */
@Singleton
final class Tenure {
    private static final String LEASE = "restores";

    private final Leases leases;
    private final RestoreConfiguration configuration;
    private volatile @Nullable Heartbeat heartbeat;
    private volatile boolean ending;

    Tenure(Leases leases, RestoreConfiguration configuration) {
        this.leases = leases;
        this.configuration = configuration;
    }

    Optional<Lease> begin() {
        return ending ? Optional.empty() : leases.tryAcquire(LEASE, configuration.owner(), configuration.lease());
    }

    /** @throws LeaseLostException when another goes on */
    void goOn(Lease lease) {
        leases.renew(lease, configuration.lease());
    }

    /** Does a step, and shows meanwhile that it lives: a step can take longer than the lease. */
    <T> T during(Lease lease, Supplier<T> step) {
        try (var beating = Heartbeat.of(leases, lease, configuration.lease(), configuration.longest())) {
            heartbeat = beating;
            return step.get();
        }
    }

    /** The step that is under way asks something that has this deadline. Who only hangs asks nothing, and loses the lease. */
    void mayTake(Duration deadline) {
        var beating = heartbeat;
        if (beating != null) {
            beating.mayTake(deadline);
        }
    }

    void end(Lease lease) {
        leases.release(lease);
    }

    /** Nothing is begun any more. */
    void endAll() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    String owner() {
        return configuration.owner();
    }

    int attempts() {
        return configuration.attempts();
    }
}
