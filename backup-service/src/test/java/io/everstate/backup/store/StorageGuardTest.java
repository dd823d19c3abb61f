package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("BD19")
class StorageGuardTest {
    private static final StorageConfiguration TWO_ATTEMPTS =
            Storages.at(URI.create("http://127.0.0.1:9"), "access", "secret", "bucket");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StorageGuard guard = new StorageGuard(TWO_ATTEMPTS, new StorageCallMetrics(registry));
    private final AtomicInteger calls = new AtomicInteger();

    private void passes() throws StorageFailure {
        calls.incrementAndGet();
        throw new StorageFailure(new IOException("reset"));
    }

    private void isRefused() throws StorageFailure {
        calls.incrementAndGet();
        throw new StorageFailure(new InterruptedException("an answer that does not pass"));
    }

    private double metric(String name) {
        return registry.get("everstate.storage." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private void failInARow() {
        for (var failure = 0; failure < TWO_ATTEMPTS.breakerFailures(); failure++) {
            assertThatThrownBy(() -> guard.once(this::passes)).isInstanceOf(StorageFailure.class);
        }
    }

    @Test
    @Tag("GR1")
    void triesAgainWhatCanPass() throws StorageFailure {
        guard.again(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new StorageFailure(new IOException("reset"));
            }
        });

        assertThat(calls).hasValue(2);
        assertThat(metric("retries")).isEqualTo(1);
    }

    @Test
    @Tag("GR1")
    void givesUpAfterSoManyTries() {
        assertThatThrownBy(() -> guard.again(this::passes))
                .isInstanceOf(StorageFailure.class)
                .hasRootCauseMessage("reset");

        assertThat(calls).hasValue(TWO_ATTEMPTS.attempts());
    }

    @Test
    @Tag("GR1")
    void doesNotTryAgainWhatWasRefused() {
        assertThatThrownBy(() -> guard.again(this::isRefused)).isInstanceOf(StorageFailure.class);

        assertThat(calls).hasValue(1);
    }

    @Test
    @Tag("GR2")
    void leavesTheStorageAloneAfterSoManyFailuresInARow() {
        failInARow();
        calls.set(0);

        assertThatThrownBy(() -> guard.once(this::passes)).isInstanceOf(CircuitBreakerOpenException.class);

        assertThat(calls).as("nothing is asked").hasValue(0);
        assertThat(metric("breaker")).isEqualTo(2);
        assertThat(metric("breaker.openings")).isEqualTo(1);
    }

    /** Six looks at a storage that nobody asks are no tries: a backup that is asked for then begins a moment later. */
    @Test
    @Tag("GR2")
    void whatIsAskedForWhileItIsLeftAloneWaits() throws StorageFailure {
        failInARow();
        calls.set(0);

        guard.again(calls::incrementAndGet);

        assertThat(calls).as("asked once").hasValue(1);
    }

    @Test
    @Tag("GR1")
    void goesOnThroughAnOutageThatIsLongerThanItsTriesAreMany() throws StorageFailure {
        guard.throughAnOutage(() -> {
            if (calls.incrementAndGet() <= TWO_ATTEMPTS.breakerFailures()) {
                throw new StorageFailure(new IOException("reset"));
            }
        });

        assertThat(metric("breaker.openings")).as("it was left alone meanwhile").isPositive();
    }

    @Test
    @Tag("GR1")
    void endsWithTheOutageThatIsARefusal() {
        assertThatThrownBy(() -> guard.throughAnOutage(this::isRefused)).isInstanceOf(StorageFailure.class);

        assertThat(calls).hasValue(1);
    }

    @Test
    @Tag("GR2")
    void refusalsAndASuccessInBetweenDoNotCount() throws StorageFailure {
        for (var call = 0; call < TWO_ATTEMPTS.breakerFailures(); call++) {
            assertThatThrownBy(() -> guard.once(this::isRefused)).isInstanceOf(StorageFailure.class);
        }
        for (var call = 0; call < TWO_ATTEMPTS.breakerFailures() - 1; call++) {
            assertThatThrownBy(() -> guard.once(this::passes)).isInstanceOf(StorageFailure.class);
        }
        guard.once(calls::incrementAndGet);
        assertThatThrownBy(() -> guard.once(this::passes)).isInstanceOf(StorageFailure.class);

        guard.once(calls::incrementAndGet);

        assertThat(metric("breaker")).isZero();
    }

    @Test
    @Tag("GR2")
    void asksAgainAfterAWhileAndAsEverOnceItAnswered() {
        failInARow();

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> guard.once(calls::incrementAndGet));
        assertThat(metric("breaker")).as("on trial").isEqualTo(1);
        assertThat(calls).hasValueGreaterThan(0);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> guard.once(calls::incrementAndGet));

        assertThat(metric("breaker")).isZero();
    }

    @Test
    @Tag("GR2")
    void oneFailureOnTrialLeavesItAloneAgain() {
        failInARow();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try {
                guard.once(this::passes);
                return false;
            } catch (StorageFailure e) {
                return true;
            }
        });

        assertThatThrownBy(() -> guard.once(this::passes)).isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(metric("breaker.openings")).isEqualTo(2);
    }
}
