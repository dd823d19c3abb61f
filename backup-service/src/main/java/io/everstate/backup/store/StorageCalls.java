package io.everstate.backup.store;

import io.minio.errors.MinioException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Calls of the SDK with a deadline each, under {@link StorageGuard}, and with what its exceptions mean. */
final class StorageCalls {
    private final Duration timeout;
    private final StorageGuard guard;

    StorageCalls(StorageConfiguration configuration, StorageCallMetrics metrics) {
        this.timeout = configuration.callTimeout();
        this.guard = new StorageGuard(configuration, metrics);
    }

    /** A call of the SDK, not yet made. */
    @FunctionalInterface
    interface Call<T> {
        CompletableFuture<T> start() throws MinioException;
    }

    /** @param value nothing where the SDK answers with nothing */
    private record Answer<T>(T value) {}

    /** A request that may be repeated: tried again while it fails in a way that can pass. */
    <T> T repeatable(String what, String name, Call<T> call) {
        var answer = new AtomicReference<Answer<T>>();
        return ask(what, name, answer, () -> guard.again(() -> answer.set(new Answer<>(await(call)))));
    }

    /** A request on which much depends that was done before: tried again through a longer time in which the storage is away. */
    <T> T resumable(String what, String name, Call<T> call) {
        var answer = new AtomicReference<Answer<T>>();
        return ask(what, name, answer, () -> guard.throughAnOutage(() -> answer.set(new Answer<>(await(call)))));
    }

    /** A request that is made once. */
    <T> T once(String what, String name, Call<T> call) {
        var answer = new AtomicReference<Answer<T>>();
        return ask(what, name, answer, () -> guard.once(() -> answer.set(new Answer<>(await(call)))));
    }

    private <T> T ask(String what, String name, AtomicReference<Answer<T>> answer, StorageGuard.Attempt attempt) {
        try {
            attempt.make();
            return Objects.requireNonNull(answer.get()).value();
        } catch (StorageFailure e) {
            throw e.meaning(what, name);
        } catch (CircuitBreakerOpenException e) {
            throw new StoreUnavailableException(
                    "the storage did not %s %s: it is not asked, since %s"
                            .formatted(what, name, guard.whyItIsLeftAlone()),
                    e);
        }
    }

    /** The whole of it must end in time: the SDK's futures end only when all of its own steps did. */
    private <T> T await(Call<T> call) throws StorageFailure {
        CompletableFuture<T> future = null;
        try {
            future = call.start();
            return future.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure(e);
        } catch (ExecutionException | CompletionException e) {
            throw new StorageFailure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | MinioException e) {
            throw new StorageFailure(e);
        } finally {
            if (future != null) {
                future.cancel(true);
            }
        }
    }
}
