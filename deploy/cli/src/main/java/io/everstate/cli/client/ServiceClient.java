package io.everstate.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.view.Degradation;
import io.everstate.contracts.view.Page;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One service's REST endpoints. Every call has a deadline; what goes wrong becomes a sentence and an exit code. */
public final class ServiceClient {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_PAGE = 500;
    private static final String KEY = "Idempotency-Key";
    /** Longer than a service waits for a backup, which is 30 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String name;
    private final URI base;
    private final Supplier<String> token;
    private final Duration deadline;
    private final boolean repeating;

    /** @param deadline of a whole answer, body included */
    ServiceClient(HttpClient http, String name, URI base, Supplier<String> token, Duration deadline) {
        this(http, name, base, token, deadline, false);
    }

    private ServiceClient(
            HttpClient http, String name, URI base, Supplier<String> token, Duration deadline, boolean repeating) {
        this.http = http;
        this.name = name;
        this.base = base;
        this.token = token;
        this.deadline = deadline;
        this.repeating = repeating;
    }

    /**
     * For what the service does behind a backup, or bot by bot: it has 60 s, and a POST whose connection breaks is repeated once, with the same
     * key, within them.
     */
    public ServiceClient patient() {
        return new ServiceClient(http, name, base, token, PATIENCE, true);
    }

    public <T> T get(String path, TypeReference<T> type) {
        return read(send(request(path).GET().build()), type);
    }

    /** An answer for people. */
    public String text(String path) {
        HttpRequest request = request(path)
                .setHeader("Accept", "text/plain, " + Problem.MEDIA_TYPE)
                .GET()
                .build();
        return send(request).body();
    }

    /**
     * All pages of a list, in one list, as it is now: what is only known of the past is no answer.
     *
     * @param path with its {@code limit}
     */
    public <T> List<T> all(String path, TypeReference<Page<T>> type) {
        Page<T> all = known(path, type);
        if (all.degraded() != null) {
            throw new CommandFailedException(
                    ExitCode.REFUSED, name + " is degraded: " + all.degraded().why());
        }
        return all.items();
    }

    /**
     * The first items of a list, from as many pages as it takes.
     *
     * @param path without a query
     */
    public <T> List<T> first(int count, String path, TypeReference<Page<T>> type) {
        List<T> items = new ArrayList<>();
        String after = "";
        while (after != null && items.size() < count) {
            Page<T> page = get(path + "?limit=" + Math.min(LONGEST_PAGE, count - items.size()) + after, type);
            items.addAll(page.items());
            after = page.next() == null ? null : after(page.next());
        }
        return items;
    }

    private static String after(String next) {
        return "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /** All pages of a list as one, which may be degraded. */
    public <T> Page<T> known(String path, TypeReference<Page<T>> type) {
        List<T> items = new ArrayList<>();
        Map<String, Instant> saved = new TreeMap<>();
        Page<T> page = get(path, type);
        Degradation degraded = page.degraded();
        items.addAll(page.items());
        saved.putAll(degraded == null ? Map.of() : degraded.savedAt());
        Map<String, Parking> parked = new TreeMap<>(parked(page));
        while (page.next() != null) {
            page = get(path + after(page.next()), type);
            degraded = page.degraded() == null ? degraded : page.degraded();
            items.addAll(page.items());
            saved.putAll(page.degraded() == null ? Map.of() : page.degraded().savedAt());
            parked.putAll(parked(page));
        }
        return new Page<>(
                items,
                null,
                degraded == null ? null : new Degradation(degraded.why(), saved),
                parked.isEmpty() ? null : parked);
    }

    private static Map<String, Parking> parked(Page<?> page) {
        return page.parked() == null ? Map.of() : page.parked();
    }

    /** With an idempotency key of its own, so a repetition by the network does nothing twice. */
    public <T> T post(String path, @Nullable Object body, TypeReference<T> type) {
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(write(body));
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header(KEY, UUID.randomUUID().toString())
                .POST(content)
                .build();
        return read(send(request), type);
    }

    /** @param version as the answer to a GET carried it */
    public record Versioned<T>(T body, String version) {}

    public <T> Versioned<T> versioned(String path, TypeReference<T> type) {
        HttpResponse<String> response = send(request(path).GET().build());
        String version = response.headers()
                .firstValue("ETag")
                .orElseThrow(() -> new CommandFailedException(ExitCode.REFUSED, name + " answered without an ETag"));
        return new Versioned<>(read(response, type), version);
    }

    /** Refused when another than this version is there by then. */
    public <T> T put(String path, String version, Object body, TypeReference<T> type) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", version)
                .PUT(HttpRequest.BodyPublishers.ofString(write(body)))
                .build();
        return read(send(request), type);
    }

    public <T> T delete(String path, TypeReference<T> type) {
        return read(send(request(path).DELETE().build()), type);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "application/json, " + Problem.MEDIA_TYPE)
                .header("Authorization", "Bearer " + token.get());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> response = answer(request);
            if (response.statusCode() / 100 != 2) {
                throw refused(response);
            }
            return response;
        } catch (HttpTimeoutException | TimeoutException e) {
            throw late(e);
        } catch (ConnectException e) {
            throw unreachable("nothing answers at " + base + " (" + name + "); `everstate status` shows what runs", e);
        } catch (IOException e) {
            throw unreachable(name + " at " + base + " broke the connection: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while " + name + " was asked", e);
        }
    }

    private HttpResponse<String> answer(HttpRequest request)
            throws IOException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            return whole(request, end);
        } catch (ConnectException e) {
            throw e;
        } catch (IOException e) {
            if (repeating && request.headers().firstValue(KEY).isPresent()) {
                return whole(request, end);
            }
            throw e;
        }
    }

    /** The timeout of a request would end with the answer's head, and a body that stalls would hold the command for ever. */
    private HttpResponse<String> whole(HttpRequest request, long end)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private CommandFailedException late(Exception cause) {
        return unreachable(
                name + " at " + base + " did not answer within " + deadline.toMillis() / 1000.0 + " s", cause);
    }

    private static CommandFailedException unreachable(String sentence, Exception cause) {
        return new CommandFailedException(ExitCode.UNREACHABLE, sentence, cause);
    }

    private CommandFailedException refused(HttpResponse<String> response) {
        String detail = detail(response.body());
        return switch (response.statusCode()) {
            case BAD_REQUEST -> new CommandFailedException(ExitCode.USAGE, name + " does not take that: " + detail);
            case UNAUTHORIZED ->
                new CommandFailedException(ExitCode.DENIED, name + " does not accept the token (401): " + detail);
            case FORBIDDEN ->
                new CommandFailedException(
                        ExitCode.DENIED, name + " says that the token's role does not suffice (403): " + detail);
            default ->
                new CommandFailedException(
                        ExitCode.REFUSED, name + " refused (" + response.statusCode() + "): " + detail);
        };
    }

    private static String detail(String body) {
        try {
            Problem problem = Json.MAPPER.readValue(body, Problem.class);
            return problem.retryable() ? problem.detail() + "; trying again later can help" : problem.detail();
        } catch (JsonProcessingException e) {
            return body.isBlank() ? "no reason given" : body.strip();
        }
    }

    private <T> T read(HttpResponse<String> response, TypeReference<T> type) {
        try {
            return Json.MAPPER.readValue(response.body(), type);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(
                    ExitCode.REFUSED,
                    name + " answered what this version does not understand: " + e.getOriginalMessage(),
                    e);
        }
    }

    private static String write(Object body) {
        try {
            return Json.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written as JSON", e);
        }
    }
}
