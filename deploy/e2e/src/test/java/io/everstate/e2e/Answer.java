package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.everstate.cli.console.Json;
import io.everstate.contracts.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a REST endpoint answers to an operator, and how fast. */
record Answer(int status, String contentType, String body, Duration after) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    static Answer get(URI address, String token) {
        return send(HttpRequest.newBuilder(address).GET(), token);
    }

    static Answer post(URI address, String token, String idempotencyKey, Object body) {
        try {
            return send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", idempotencyKey)
                            .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body))),
                    token);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Answer send(HttpRequest.Builder request, String token) {
        long begun = System.nanoTime();
        try {
            HttpResponse<String> response = CLIENT.send(
                    request.timeout(DEADLINE)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fails unless it is a problem that a retry can help. */
    void requireRetryable503() {
        assertThat(status).as(body).isEqualTo(503);
        assertThat(contentType).startsWith(Problem.MEDIA_TYPE);
        assertThat(problem().retryable()).as(body).isTrue();
        assertThat(problem().type()).as(body).startsWith("urn:everstate:problem:");
    }

    private Problem problem() {
        try {
            return Json.MAPPER.readValue(body, Problem.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no problem: " + body, e);
        }
    }
}
