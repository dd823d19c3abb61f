package io.everstate.backup.store;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Tries again what can pass, each time after a longer, random wait, and leaves a storage alone that failed so many times in a row: one that is overloaded comes back sooner,
 * and nobody waits for one that is away. Refusals, such as a wrong key or a missing object, are answers and count for neither.
 */
final class StorageGuard {
    private static final Logger LOG = Logger.getLogger(StorageGuard.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int SUCCESSES = 2;
    private static final int UNLIMITED = -1;

    private final StorageConfiguration configuration;
    private final StorageCallMetrics metrics;
    private final Guard breaker;
    private final Guard retries;
    private final Guard resumption;

    StorageGuard(StorageConfiguration configuration, StorageCallMetrics metrics) {
        this.configuration = configuration;
        this.metrics = metrics;
        this.breaker = Guard.create()
                .withDescription("object storage")
                .withCircuitBreaker()
                .requestVolumeThreshold(configuration.breakerFailures())
                .failureRatio(1)
                .delay(configuration.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(SUCCESSES)
                .when(StorageGuard::passes)
                .onStateChange(this::changed)
                .done()
                .build();
        this.retries = retries(configuration.retryFor());
        this.resumption = retries(configuration.resumeFor());
    }

    /** Without a number of tries: those in which the storage is left alone and not asked are none. */
    private Guard retries(Duration howLong) {
        return Guard.create()
                .withDescription("object storage")
                .withRetry()
                .maxRetries(UNLIMITED)
                .maxDuration(howLong.toMillis(), ChronoUnit.MILLIS)
                .delay(FIRST_WAIT.toMillis(), ChronoUnit.MILLIS)
                .jitter(FIRST_WAIT.toMillis() / 2, ChronoUnit.MILLIS)
                .whenException(e -> passes(e) || e instanceof CircuitBreakerOpenException)
                .beforeRetry(this::triedAgain)
                .withExponentialBackoff()
                .maxDelay(LONGEST_WAIT.toMillis(), ChronoUnit.MILLIS)
                .done()
                .done()
                .build();
    }

    /** One call of the storage. */
    @FunctionalInterface
    interface Attempt {
        void make() throws StorageFailure;
    }

    /** @throws CircuitBreakerOpenException when the storage is left alone */
    void once(Attempt attempt) throws StorageFailure {
        call(breaker, attempt);
    }

    /**
     * As often as configured, and waits through a time in which the storage is left alone.
     *
     * @throws CircuitBreakerOpenException when that takes longer than it may be tried again
     */
    void again(Attempt attempt) throws StorageFailure {
        var failures = new AtomicInteger();
        call(retries, () -> {
            try {
                once(attempt);
            } catch (StorageFailure e) {
                throw failures.incrementAndGet() < configuration.attempts() ? e : e.asLast();
            }
        });
    }

    /**
     * As often as it takes, for a longer time: work of hours does not fail because the storage is started anew.
     *
     * @throws CircuitBreakerOpenException when that is over while the storage is left alone
     */
    void throughAnOutage(Attempt attempt) throws StorageFailure {
        call(resumption, () -> once(attempt));
    }

    /** A sentence's end. */
    String whyItIsLeftAlone() {
        return "it failed %d times in a row; it is tried again within %s s"
                .formatted(
                        configuration.breakerFailures(),
                        configuration.breakerDelay().toSeconds());
    }

    private static void call(Guard guard, Attempt attempt) throws StorageFailure {
        Callable<Boolean> callable = () -> {
            attempt.make();
            return true;
        };
        try {
            guard.call(callable, Boolean.class);
        } catch (StorageFailure | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure(e);
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown by a call of the storage", e);
        }
    }

    private static boolean passes(Throwable e) {
        return e instanceof StorageFailure failure && failure.passing();
    }

    private void triedAgain(Throwable e) {
        if (e instanceof StorageFailure failure) {
            metrics.triedAgain();
            LOG.infof("The object storage is asked again: %s", failure.why());
        }
    }

    private void changed(CircuitBreakerState state) {
        metrics.breaker(state);
        switch (state) {
            case OPEN -> LOG.warnf("The object storage is left alone: %s", whyItIsLeftAlone());
            case HALF_OPEN -> LOG.info("The object storage is tried again");
            case CLOSED -> LOG.info("The object storage answers again");
        }
    }
}
