package io.everstate.bot.ingest;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hints under way into the log. Their senders wait in their own trading loop and ask once only, so none of them waits for Kafka: who is not
 * answered within moments is let go, and the hint tries on by itself for a while. Bounded in number; what is accepted can still be lost with
 * the process, as 202 says.
 */
@Singleton
class Hints {
    private static final Logger LOG = Logger.getLogger(Hints.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final IngestConfiguration configuration;
    private final Clock clock;
    private final Semaphore free;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Hints(IngestConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.free = new Semaphore(configuration.most());
    }

    /**
     * Sends a hint on its way. Returns whether it counts already; false means that it is under way still.
     *
     * @param attempt tries to record it under the key that it is given, the same each time; asked again while that can help
     * @param name of the bot, for the log
     * @throws ProblemException UNAVAILABLE when too many are under way, or what the attempt failed with if that was at once
     */
    boolean send(String name, Consumer<String> attempt) {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "%d hints are under way, that is all there is room for".formatted(configuration.most()));
        }
        var arrived = new CompletableFuture<Void>();
        workers.execute(() -> {
            try {
                tryOn(attempt, TimeOrderedUuid.at(clock.instant()).toString());
                arrived.complete(null);
            } catch (RuntimeException e) {
                if (!arrived.completeExceptionally(e)) {
                    LOG.debugf(e, "nobody waits for the hint of bot %s", name);
                }
                LOG.warnf("a hint of bot %s is dropped: %s", name, e.getMessage());
            } finally {
                free.release();
            }
        });
        return await(arrived);
    }

    private boolean await(CompletableFuture<Void> arrived) {
        try {
            arrived.get(configuration.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.debug("a sender is let go before its hint counts", e);
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tryOn(Consumer<String> attempt, String key) {
        var deadline = clock.instant().plus(configuration.patience());
        for (var pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                attempt.accept(key);
                return;
            } catch (AuthenticationFailedException | ForbiddenException e) {
                throw e;
            } catch (ProblemException e) {
                if (!e.type().retryable() || isPast(deadline, pause)) {
                    throw e;
                }
                LOG.debugf("a hint tries again: %s", e.detail());
            }
            pause(pause);
        }
    }

    private boolean isPast(Instant deadline, long pause) {
        return clock.instant().plusMillis(pause).isAfter(deadline);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
