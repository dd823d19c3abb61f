package io.everstate.recovery.platform;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests of which only the answer's head is wanted, with one deadline for all of it: {@link HttpRequest#timeout()} ends with the
 * head, and a body that stalls would hold the caller for ever.
 */
public final class BoundedHttpClient {
    private final HttpClient client;
    private final Duration deadline;

    public BoundedHttpClient(Duration connect, Duration deadline) {
        this.client = HttpClient.newBuilder().connectTimeout(connect).build();
        this.deadline = deadline;
    }

    /** @throws HttpTimeoutException when the answer is not whole at the deadline; its connection is closed then */
    public HttpResponse<Void> send(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var late = new HttpTimeoutException("no whole answer within " + deadline.toMillis() + " ms");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
