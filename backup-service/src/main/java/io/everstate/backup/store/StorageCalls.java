package io.everstate.backup.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of the SDK with a deadline each, and with what its exceptions mean. */
final class StorageCalls {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<String> NO_OBJECT = Set.of("NoSuchKey", "NoSuchUpload");

    private final Duration timeout;
    private final int attempts;

    StorageCalls(Duration timeout, int attempts) {
        this.timeout = timeout;
        this.attempts = attempts;
    }

    /** A call of the SDK, not yet made. */
    @FunctionalInterface
    interface Call<T> {
        CompletableFuture<T> start() throws MinioException;
    }

    /** A request that may be repeated: tried again, at once, while it fails in a way that can pass. */
    <T> T repeatable(String what, String name, Call<T> call) {
        for (var attempt = 1; ; attempt++) {
            try {
                return await(call);
            } catch (Failure e) {
                if (attempt >= attempts || !e.passing()) {
                    throw e.meaning(what, name);
                }
            }
        }
    }

    /** A request that is made once. */
    <T> T once(String what, String name, Call<T> call) {
        try {
            return await(call);
        } catch (Failure e) {
            throw e.meaning(what, name);
        }
    }

    /** The whole of it must end in time: the SDK's futures end only when all of its own steps did. */
    private <T> T await(Call<T> call) throws Failure {
        CompletableFuture<T> future = null;
        try {
            future = call.start();
            return future.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(e);
        } catch (ExecutionException | CompletionException e) {
            throw new Failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | MinioException e) {
            throw new Failure(e);
        } finally {
            if (future != null) {
                future.cancel(true);
            }
        }
    }

    /** How a call failed, before it is known what that means to the caller. */
    private static final class Failure extends Exception {
        private final Throwable reason;

        Failure(Throwable reason) {
            super(reason);
            this.reason = root(reason);
        }

        boolean passing() {
            return reason instanceof ErrorResponseException answer
                    ? TRANSIENT.contains(answer.response().code())
                    : !(reason instanceof InterruptedException);
        }

        RuntimeException meaning(String what, String name) {
            if (reason instanceof ErrorResponseException answer) {
                if (NO_OBJECT.contains(answer.errorResponse().code())) {
                    return new ObjectMissingException(name);
                }
                if (answer.response().code() == 412) {
                    return new ObjectExistsException(name);
                }
                return new StoreUnavailableException(
                        "the storage refused to " + what + " " + name + ": "
                                + answer.response().code() + " "
                                + answer.errorResponse().code(),
                        answer.response().code(),
                        reason);
            }
            return new StoreUnavailableException("the storage did not " + what + " " + name + ": " + why(), reason);
        }

        private String why() {
            return switch (reason) {
                case TimeoutException ignored -> "no answer in time";
                case IOException io -> io.getClass().getSimpleName() + " " + io.getMessage();
                default -> reason.getClass().getSimpleName();
            };
        }

        /** The SDK wraps what the connection said in exceptions of its own. */
        private static Throwable root(Throwable e) {
            Throwable found = e;
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                found = cause;
                if (cause instanceof ErrorResponseException || cause instanceof IOException) {
                    return cause;
                }
            }
            return found;
        }
    }
}
