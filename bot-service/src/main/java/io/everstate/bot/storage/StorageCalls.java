package io.everstate.bot.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of the SDK with a deadline each. All of them may be repeated. */
final class StorageCalls {
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final int attempts;

    StorageCalls(int attempts) {
        this.attempts = attempts;
    }

    /** A call of the SDK, not yet made. */
    @FunctionalInterface
    interface Call<T> {
        CompletableFuture<T> start() throws MinioException;
    }

    /** The storage's own answer that something is missing. */
    static final class MissingException extends Exception {
        private final boolean bucket;

        MissingException(boolean bucket, Throwable cause) {
            super(cause);
            this.bucket = bucket;
        }

        /** Whether it is the bucket that is missing. */
        boolean bucket() {
            return bucket;
        }
    }

    /** Tried again, at once, while it fails in a way that can pass. */
    <T> T make(String what, Duration patience, Call<T> call) throws MissingException {
        for (var attempt = 1; ; attempt++) {
            try {
                return await(call, patience);
            } catch (IOException | MinioException e) {
                if (attempt >= attempts || !passing(e)) {
                    throw away(what, e);
                }
            }
        }
    }

    private static boolean passing(Exception e) {
        return !(e instanceof ErrorResponseException answer)
                || PASSING.contains(answer.response().code());
    }

    private static StorageAwayException away(String what, Exception e) {
        var why = e instanceof ErrorResponseException answer
                ? answer.response().code() + " " + answer.errorResponse().code()
                : e.getClass().getSimpleName() + " " + e.getMessage();
        return new StorageAwayException("the storage did not %s: %s".formatted(what, why), e);
    }

    /** The whole of it must end in time: the SDK's futures end only when all of its own steps did. */
    private static <T> T await(Call<T> call, Duration patience) throws IOException, MinioException, MissingException {
        CompletableFuture<T> future = null;
        try {
            future = call.start();
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageAwayException("the service is stopping", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw meaning(e);
        } finally {
            if (future != null) {
                future.cancel(true);
            }
        }
    }

    /** The SDK wraps what the connection said in exceptions of its own. */
    private static IOException meaning(ExecutionException e) throws MinioException, MissingException {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ErrorResponseException answer -> {
                    requireFound(answer);
                    throw answer;
                }
                case IOException io -> {
                    return io;
                }
                default -> {}
            }
        }
        return new IOException(e.getCause());
    }

    private static void requireFound(ErrorResponseException answer) throws MissingException {
        switch (answer.errorResponse().code()) {
            case "NoSuchKey" -> throw new MissingException(false, answer);
            case "NoSuchBucket" -> throw new MissingException(true, answer);
            default -> {}
        }
    }
}
