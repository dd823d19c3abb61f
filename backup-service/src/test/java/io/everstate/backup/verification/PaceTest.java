package io.everstate.backup.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.testing.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Long> waits = new ArrayList<>();
    private long now = 42;

    private boolean pass(long nanos) {
        waits.add(nanos);
        now += nanos;
        return false;
    }

    private Pace pace(long bytesPerSecond, Lease lease, BooleanSupplier restoring, LongPredicate waiting) {
        return new Pace(new Bandwidth(bytesPerSecond, () -> now), lease, restoring, waiting, () -> now);
    }

    @Test
    void waitsForWhatItTook() {
        pace(1000, Leases.held(), () -> false, this::pass).passed(2000);

        assertThat(waits).containsExactly(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void waitsAsLongAsARestoreRuns() {
        var looks = new ArrayList<Boolean>(List.of(true, true, true, false));

        pace(0, Leases.held(), looks::removeFirst, this::pass).passed(10);

        assertThat(looks).isEmpty();
        assertThat(waits).containsExactly(0L, 1_000_000_000L, 1_000_000_000L, 1_000_000_000L);
    }

    /** One look for a restore is a statement: not one for each block that is read. */
    @Test
    void looksForARestoreOnceASecond() {
        var looks = new ArrayList<Long>();
        var pace = pace(
                1000,
                Leases.held(),
                () -> {
                    looks.add(now);
                    return false;
                },
                this::pass);

        for (var i = 0; i < 30; i++) {
            pace.passed(100);
        }

        assertThat(looks).hasSize(3);
    }

    @Test
    void stopsWhenTheServiceEnds() {
        var pace = pace(1000, Leases.held(), () -> false, nanos -> true);

        assertThatThrownBy(() -> pace.passed(1)).isInstanceOf(CancellationException.class);
    }

    @Test
    void stopsWhenItIsAnothersWork() {
        var lost = new Lease("verification", 1, Duration.ofSeconds(1), () -> now, now);
        var pace = pace(1000, lost, () -> false, this::pass);

        assertThatThrownBy(() -> pace.passed(2000)).isInstanceOf(LeaseLostException.class);
    }
}
