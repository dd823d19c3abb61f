package io.everstate.backup.lease;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final AtomicLong time = new AtomicLong();
    private final Lease lease = new Lease("workspace:default", 1, Duration.ofSeconds(15), time::get, 0);

    @Test
    void isHeldUntilItsTimeIsOver() {
        time.set(Duration.ofSeconds(15).toNanos());

        assertThatCode(lease::check).doesNotThrowAnyException();
    }

    @Test
    void isLostWhenNoHeartbeatGotThrough() {
        time.set(Duration.ofSeconds(15).toNanos() + 1);

        assertThatThrownBy(lease::check).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void countsFromWhenTheHeartbeatWasSent() {
        lease.renewed(Duration.ofSeconds(10).toNanos());
        time.set(Duration.ofSeconds(25).toNanos());

        assertThatCode(lease::check).doesNotThrowAnyException();
    }

    @Test
    void staysLost() {
        lease.lose();
        lease.renewed(Duration.ofSeconds(1).toNanos());

        assertThatThrownBy(lease::check).isInstanceOf(LeaseLostException.class);
    }
}
