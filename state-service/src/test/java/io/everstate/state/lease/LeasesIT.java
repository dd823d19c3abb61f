package io.everstate.state.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.state.TestDatabase;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class LeasesIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(400);

    private final TestDatabase database = TestDatabase.withTables();
    private final Leases leases = new Leases(database.transactions());

    private void write(Fence fence) {
        database.transactions().write(connection -> {
            fence.check(connection);
            return 0;
        });
    }

    @Test
    void oneAtATimeHoldsIt() {
        var first = leases.tryAcquire("work", "one", LONG);
        var second = leases.tryAcquire("work", "two", LONG);
        var other = leases.tryAcquire("other work", "two", LONG);

        assertThat(first).isPresent();
        assertThat(second).isEmpty();
        assertThat(other).isPresent();
    }

    @Test
    void whoGaveItBackCannotWriteAfterTheNextOne() {
        var first = leases.tryAcquire("work", "one", LONG).orElseThrow();
        write(first);
        leases.release(first);
        var second = leases.tryAcquire("work", "two", LONG).orElseThrow();

        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThatThrownBy(() -> write(first)).isInstanceOf(LeaseLostException.class);
        write(second);
    }

    @Test
    void oneThatRanOutIsTakenOverAndFenced() {
        var frozen = leases.tryAcquire("work", "one", Duration.ofMillis(50)).orElseThrow();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(leases.tryAcquire("work", "two", LONG)).isPresent());

        assertThatThrownBy(() -> write(frozen)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void givingBackWhatAnotherHoldsChangesNothing() {
        var frozen = leases.tryAcquire("work", "one", Duration.ofMillis(1)).orElseThrow();
        await().until(() -> leases.tryAcquire("work", "two", LONG).isPresent());

        leases.release(frozen);

        assertThat(leases.tryAcquire("work", "three", LONG)).isEmpty();
    }

    @Test
    void oneThatIsRenewedDoesNotRunOutAndOneThatIsLostCannotBe() {
        var lease = leases.tryAcquire("work", "one", Duration.ofMillis(50)).orElseThrow();

        leases.renew(lease, LONG);

        await().during(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(leases.tryAcquire("work", "two", LONG)).isEmpty());
        leases.release(lease);
        assertThat(leases.tryAcquire("work", "two", LONG)).isPresent();
        assertThatThrownBy(() -> leases.renew(lease, LONG)).isInstanceOf(LeaseLostException.class);
    }

    /** Until when, as the database has it. */
    private OffsetDateTime expiry() {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select expires_at from leases");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class);
            }
        });
    }

    @Test
    void oneThatIsHeldDuringALongStepDoesNotRunOut() {
        var lease = leases.tryAcquire("work", "one", SHORT).orElseThrow();
        var first = expiry();

        try (var _ = Heartbeat.of(leases, lease, SHORT, LONG)) {
            await().until(() -> expiry().isAfter(first.plus(SHORT.multipliedBy(2))));
            assertThat(leases.tryAcquire("work", "two", LONG)).isEmpty();
        }

        await().until(() -> leases.tryAcquire("work", "two", LONG).isPresent());
    }

    @Test
    void whoHangsInAStepLosesIt() {
        var lease = leases.tryAcquire("work", "one", SHORT).orElseThrow();

        try (var _ = Heartbeat.of(leases, lease, SHORT, SHORT.multipliedBy(2))) {
            await().until(() -> leases.tryAcquire("work", "two", LONG).isPresent());
        }
        assertThatThrownBy(() -> write(lease)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void whoSaysThatAQuestionMayTakeLongerKeepsIt() {
        var lease = leases.tryAcquire("work", "one", SHORT).orElseThrow();
        var first = expiry();

        try (var heartbeat = Heartbeat.of(leases, lease, SHORT, SHORT.multipliedBy(2))) {
            heartbeat.mayTake(LONG);
            await().until(() -> expiry().isAfter(first.plus(SHORT.multipliedBy(8))));
        }
        write(lease);
    }

    @Test
    void nothingIsHeldOfALeaseThatIsAnothers() {
        var lost = leases.tryAcquire("work", "one", SHORT).orElseThrow();
        await().until(() -> leases.tryAcquire("work", "two", LONG).isPresent());
        var expiry = expiry();

        try (var _ = Heartbeat.of(leases, lost, Duration.ofMillis(4), LONG)) {
            await().during(Duration.ofMillis(100)).until(() -> expiry().equals(expiry));
        }
    }
}
