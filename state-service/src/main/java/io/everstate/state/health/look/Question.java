package io.everstate.state.health.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.state.health.HealthConfiguration;
import io.everstate.state.peer.PeerException;
import io.everstate.state.peer.ServiceToken;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks another service, with one deadline for all of the answer: the client's own ends with its head. */
@Singleton
final class Question {
    private final HttpClient client;
    private final Duration deadline;
    private final ServiceToken token;
    private final ObjectMapper json;

    Question(HealthConfiguration configuration, ServiceToken token, ObjectMapper json) {
        this.deadline = configuration.deadline();
        this.client = HttpClient.newBuilder().connectTimeout(deadline).build();
        this.token = token;
        this.json = json;
    }

    /** @param body a missing node when it is no JSON */
    record Answer(int status, JsonNode body) {
        private static final int OK = 200;

        boolean ok() {
            return status == OK;
        }
    }

    /** Without a token. */
    Answer open(URI url) throws IOException {
        return send(HttpRequest.newBuilder(url).build());
    }

    /** With this service's token. */
    Answer known(URI url) throws IOException {
        try {
            return send(HttpRequest.newBuilder(url)
                    .header("Authorization", token.authorization())
                    .build());
        } catch (PeerException e) {
            throw new IOException(e.detail(), e);
        }
    }

    /** Why there was no answer, in words that go on from a service's name. */
    static String why(IOException failure) {
        return failure instanceof HttpTimeoutException || failure.getMessage() == null
                ? "does not answer (" + failure.getClass().getSimpleName() + ")"
                : "does not answer (" + failure.getMessage() + ")";
    }

    private Answer send(HttpRequest request) throws IOException {
        var question = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer(question.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            var late = new HttpTimeoutException("no whole answer within " + deadline);
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            question.cancel(true);
        }
    }

    private Answer answer(HttpResponse<byte[]> response) {
        try {
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (IOException e) {
            // what matters of such an answer is its status
            return new Answer(response.statusCode(), json.missingNode());
        }
    }
}
