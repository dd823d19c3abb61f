package io.everstate.platform.testkit;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands before an S3 storage, passes everything on as it is, and does wrong what it was told last; {@code PUT /fault?<name>} tells it from another class loader or process. */
public final class FaultyStorage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FaultyStorage.class.getName());
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final URI storage;
    private final Predicate<String> objects;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;

    /** What the storage does wrong; writes and reads are those of the chosen objects' bytes. */
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
        /** And none after it. */
        ONE_READ_IS_FLIPPED,
        READS_FIND_NOTHING,
        LOSES_THE_LAST_BYTE
    }

    /** @param objects whose paths are concerned, bucket included */
    public FaultyStorage(URI storage, Predicate<String> objects) {
        this.storage = storage;
        this.objects = objects;
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

    /** From now on. */
    public void tell(Fault what) {
        fault = what;
    }

    /** To be told from anywhere that reaches it. */
    public static void tell(URI faulty, Fault fault) {
        var request = HttpRequest.newBuilder(faulty.resolve("/fault?" + fault))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
        var chosen = objects.test(exchange.getRequestURI().getPath());
        var write = chosen && exchange.getRequestMethod().equals("PUT");
        var read = chosen && exchange.getRequestMethod().equals("GET") && !asksAboutUploads(exchange);
        var head = chosen && exchange.getRequestMethod().equals("HEAD");
        var hit = switch (fault) {
            case HANGS, ERRORS -> true;
            case WRITES_HANG, WRITES_ARE_REFUSED, WRITES_ARE_LOST -> write;
            case READS_HANG -> read;
            case READS_FIND_NOTHING -> read || head;
            default -> false;
        };
        if (hit) {
            fail(exchange, fault);
        } else {
            pass(exchange, read);
        }
    }

    private static boolean asksAboutUploads(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getQuery()).contains("upload");
    }

    private void fail(HttpExchange exchange, Fault how) throws IOException, InterruptedException {
        switch (how) {
            case ERRORS -> answerAfterBody(exchange, 500);
            case WRITES_ARE_REFUSED -> answerAfterBody(exchange, 403);
            case WRITES_ARE_LOST -> answerAfterBody(exchange, 200);
            case READS_FIND_NOTHING -> answerMissing(exchange);
            default -> closed.await();
        }
    }

    private static void answerAfterBody(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
    }

    private static void answerMissing(HttpExchange exchange) throws IOException {
        var body = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        var head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(404, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void pass(HttpExchange exchange, boolean read) throws IOException, InterruptedException {
        var answer = answerOf(exchange);
        var body = answer.body();
        if (read && body.length > 0 && flips()) {
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

    private synchronized boolean flips() {
        var once = fault == Fault.ONE_READ_IS_FLIPPED;
        if (once) {
            fault = Fault.NONE;
        }
        return once || fault == Fault.READS_ARE_FLIPPED;
    }

    /** A failure that nobody chose must be seen: its caller is told no more than that the connection ended. */
    private HttpResponse<byte[]> answerOf(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            return client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "the storage failed by itself at %s %s"
                            .formatted(exchange.getRequestMethod(), exchange.getRequestURI()),
                    e);
            throw e;
        }
    }

    /** Here the storage tells the size, and lies about it when that is the fault. */
    private void head(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        var size = answer.headers().firstValueAsLong("content-length").orElse(0);
        var loses = fault == Fault.LOSES_THE_LAST_BYTE
                && objects.test(exchange.getRequestURI().getPath());
        var told = loses ? Math.max(0, size - 1) : size;
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
