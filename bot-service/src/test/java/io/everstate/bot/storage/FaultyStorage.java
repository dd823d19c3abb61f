package io.everstate.bot.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands before the platform's storage, passes everything on as it is, and does wrong what {@code PUT /fault?<name>} asked for last. */
public final class FaultyStorage implements QuarkusTestResourceLifecycleManager {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;
    private @Nullable HttpServer server;

    /** What the storage does wrong. */
    public enum Fault {
        NONE,
        ERRORS,
        HANGS,
        WRITES_HANG,
        WRITES_ARE_REFUSED,
        WRITES_ARE_LOST,
        READS_HANG,
        READS_ARE_CUT,
        READS_ARE_FLIPPED,
        READS_FIND_NOTHING
    }

    /** At the running service's storage. */
    public static void fault(URI storage, Fault fault) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(storage.resolve("/fault?" + fault))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    @Override
    public Map<String, String> start() {
        try {
            var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::answer);
            started.start();
            server = started;
            var platform = TestPlatform.shared().storage();
            return Map.of(
                    "everstate.storage.endpoint",
                    "http://127.0.0.1:" + started.getAddress().getPort(),
                    "everstate.storage.access-key",
                    platform.accessKey(),
                    "everstate.storage.secret-key",
                    platform.secretKey(),
                    "everstate.storage.bucket",
                    "bots-faulty",
                    "everstate.storage.call-timeout",
                    "1S",
                    "everstate.storage.transfer-timeout",
                    "4S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/fault")) {
                fault = Fault.valueOf(exchange.getRequestURI().getQuery());
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            faulty(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void faulty(HttpExchange exchange) throws IOException, InterruptedException {
        var method = exchange.getRequestMethod();
        var ofObject = exchange.getRequestURI().getPath().contains("/documents/");
        var write = ofObject && method.equals("PUT");
        var read = ofObject && method.equals("GET");
        switch (fault) {
            case ERRORS -> exchange.sendResponseHeaders(500, -1);
            case HANGS -> stopped.await();
            case WRITES_HANG -> hangIf(write, exchange);
            case WRITES_ARE_REFUSED -> answerIf(write, 403, exchange);
            case WRITES_ARE_LOST -> answerIf(write, 200, exchange);
            case READS_HANG -> hangIf(read, exchange);
            case READS_FIND_NOTHING -> answerIf(read, 404, exchange);
            default -> pass(exchange, read);
        }
    }

    private void hangIf(boolean hit, HttpExchange exchange) throws IOException, InterruptedException {
        if (hit) {
            stopped.await();
        } else {
            pass(exchange, false);
        }
    }

    private void answerIf(boolean hit, int status, HttpExchange exchange) throws IOException, InterruptedException {
        if (!hit) {
            pass(exchange, false);
            return;
        }
        exchange.getRequestBody().readAllBytes();
        if (status == 404) {
            var body = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void pass(HttpExchange exchange, boolean read) throws IOException, InterruptedException {
        var answer = client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
        var body = answer.body();
        if (read && fault == Fault.READS_ARE_FLIPPED && body.length > 0) {
            body[body.length / 2] ^= 1;
        }
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (exchange.getRequestMethod().equals("HEAD")) {
            answer.headers()
                    .firstValue("content-length")
                    .ifPresent(size -> exchange.getResponseHeaders().set("Content-Length", size));
            exchange.sendResponseHeaders(answer.statusCode(), -1);
        } else {
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            var cut = read && fault == Fault.READS_ARE_CUT;
            exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
        }
    }

    private static HttpRequest request(HttpExchange exchange) throws IOException {
        var target = URI.create(TestPlatform.shared().storage().endpoint()
                + exchange.getRequestURI().toString());
        var request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    @Override
    public void stop() {
        stopped.countDown();
        if (server != null) {
            server.stop(0);
        }
    }
}
