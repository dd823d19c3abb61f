package io.everstate.backup.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Stands before an S3 storage, passes everything on as it is, and does wrong what {@code PUT /fault?<name>} asked for last. */
public final class FaultyStorage implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final URI storage;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;

    /** What the storage does wrong. */
    public enum Fault {
        NONE,
        PART_REFUSED,
        ERRORS,
        HANGS,
        PART_HANGS,
        READS_HANG,
        READS_ARE_CUT,
        READS_ARE_FLIPPED,
        READS_FIND_NOTHING,
        LOSES_THE_LAST_BYTE
    }

    public FaultyStorage(URI storage) {
        this.storage = storage;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        var part = query.contains("partNumber=");
        var read = exchange.getRequestMethod().equals("GET")
                && !query.contains("uploads")
                && !query.contains("location")
                && exchange.getRequestURI().getPath().endsWith("archive.tar.gz");
        var head = exchange.getRequestMethod().equals("HEAD")
                && exchange.getRequestURI().getPath().endsWith("archive.tar.gz");
        var hit = switch (fault) {
            case HANGS, ERRORS -> true;
            case PART_HANGS, PART_REFUSED -> part;
            case READS_HANG -> read;
            case READS_FIND_NOTHING -> read || head;
            default -> false;
        };
        if (!hit) {
            pass(exchange, read);
        } else {
            refuse(exchange, fault);
        }
    }

    private void refuse(HttpExchange exchange, Fault how) throws IOException, InterruptedException {
        switch (how) {
            case ERRORS -> exchange.sendResponseHeaders(500, -1);
            case PART_REFUSED -> exchange.sendResponseHeaders(403, -1);
            case READS_FIND_NOTHING -> exchange.sendResponseHeaders(404, -1);
            default -> closed.await();
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
            head(exchange, answer);
        } else {
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            var length = read && fault == Fault.READS_ARE_CUT ? body.length / 2 : body.length;
            exchange.getResponseBody().write(body, 0, length);
        }
    }

    /** Here the storage tells the size, and lies about it when that is the fault. */
    private void head(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        var size = answer.headers().firstValueAsLong("content-length").orElse(0);
        var told = fault == Fault.LOSES_THE_LAST_BYTE ? Math.max(0, size - 1) : size;
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(told));
        exchange.sendResponseHeaders(answer.statusCode(), -1);
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var target = URI.create(storage + exchange.getRequestURI().toString());
        var request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(20))
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
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
