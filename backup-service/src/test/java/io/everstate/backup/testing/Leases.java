package io.everstate.backup.testing;

import io.everstate.backup.lease.Lease;
import java.time.Duration;

/** Leases without a database. */
public final class Leases {
    private Leases() {}

    public static Lease held() {
        return new Lease("workspace:default", 1, Duration.ofHours(1), System::nanoTime, System.nanoTime());
    }
}
