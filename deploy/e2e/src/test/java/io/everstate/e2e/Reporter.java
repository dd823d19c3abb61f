package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A program that runs elsewhere and reports what it does: one report after the other, each with its key until it is acknowledged. */
final class Reporter implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;
    private static final int CREATED = 201;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService program = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong acknowledged = new AtomicLong();
    private final ServiceProcess service;
    private final BotId bot;
    private final String token;

    private Reporter(ServiceProcess service, BotId bot, String token) {
        this.service = service;
        this.bot = bot;
        this.token = token;
    }

    /** Registers a bot, and begins. */
    static Reporter start(ServiceProcess service) {
        JsonNode registered = made(service, "/api/v1/external-bots", Map.of("name", "elsewhere", "system", "python"));
        Reporter reporter = new Reporter(
                service,
                BotId.of(registered.path("bot").asText()),
                registered.path("token").asText());
        var _ = reporter.program.scheduleWithFixedDelay(reporter::report, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return reporter;
    }

    /** What an operator makes; its partition may have no owner yet. */
    static JsonNode made(ServiceProcess service, String path, Object body) {
        String key = UUID.randomUUID().toString();
        JsonNode[] made = new JsonNode[1];
        Patience.await(path + " answers", () -> LastLines.of(service.log()), () -> {
            Answer answer = Answer.post(
                    service.url().resolve(path), TestIdentity.shared().token("admin"), key, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(CREATED);
            made[0] = Json.MAPPER.readTree(answer.body());
        });
        return made[0];
    }

    BotId bot() {
        return bot;
    }

    /** How many reports were. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** What is not acknowledged is told again the next time. */
    private void report() {
        long number = acknowledged.get() + 1;
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/external-bots/" + bot + "/events"))
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "report-" + number)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\": \"TRADE\", \"content\": %d}".formatted(number)))
                .build();
        if (status(request) == CREATED) {
            acknowledged.incrementAndGet();
        }
    }

    /** 0 when nobody answers. */
    private int status(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        end();
    }

    /** Returns behind the report that was on its way. */
    void end() {
        program.shutdown();
        try {
            assertThat(program.awaitTermination(DEADLINE.toSeconds() * 2, TimeUnit.SECONDS))
                    .as("the last report ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
