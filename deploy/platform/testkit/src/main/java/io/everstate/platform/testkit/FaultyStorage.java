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
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Stands before an S3 storage, passes everything on as it is, and does wrong what it was told last. From another class loader or process {@code PUT /fault?<name>} or
 * {@code PUT /fault?<name>,<first>,<last>} tells it, {@code GET /seen} asks for {@link #seen} and {@code GET /parts} for the parts that were stored: a path and a number a line.
 */
public final class FaultyStorage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FaultyStorage.class.getName());
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private static final Pattern PART = Pattern.compile("(?:.*&)?partNumber=(\\d+)(?:&.*)?");
    private static final int SLOW_BYTES = 5_000;
    private static final int SLOW_WAIT_MILLIS = 100;

    private final HttpServer server;
    private final URI storage;
    private final Predicate<String> objects;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Queue<String> parts = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Order order = Order.of(Fault.NONE);

    /** What a request is, for those of the chosen objects' bytes; OTHER are all else, such as lists and the beginning of an upload. */
    private enum Call {
        WRITE,
        READ,
        HEAD,
        COMPLETION,
        OTHER;

        static Call of(String method, String query) {
            return switch (method) {
                case "PUT" -> WRITE;
                case "GET" -> query.contains("upload") ? OTHER : READ;
                case "HEAD" -> HEAD;
                case "POST" -> query.contains("uploadId") ? COMPLETION : OTHER;
                default -> OTHER;
            };
        }
    }

    /** What the storage does wrong. */
    public enum Fault {
        NONE,
        ERRORS,
        HANGS,
        WRITES_HANG,
        WRITES_ARE_CUT,
        /** At 50 kB a second. */
        WRITES_TRICKLE,
        WRITES_ARE_SLOWED_DOWN,
        WRITES_ARE_BAD,
        WRITES_ARE_REFUSED,
        WRITES_ARE_LOST,
        WRITES_GET_ANOTHER_TAG,
        COMPLETIONS_ARE_ERRORS_WITH_200,
        COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED,
        READS_HANG,
        READS_ARE_CUT,
        READS_ARE_FLIPPED,
        /** And none after it. */
        ONE_READ_IS_FLIPPED,
        READS_ARE_OF_ANOTHER_PLACE,
        READS_FIND_NOTHING,
        LOSES_THE_LAST_BYTE;

        private boolean concerns(Call call) {
            return switch (this) {
                case NONE -> false;
                case ERRORS, HANGS -> true;
                case WRITES_HANG,
                        WRITES_ARE_CUT,
                        WRITES_TRICKLE,
                        WRITES_ARE_SLOWED_DOWN,
                        WRITES_ARE_BAD,
                        WRITES_ARE_REFUSED,
                        WRITES_ARE_LOST,
                        WRITES_GET_ANOTHER_TAG -> call == Call.WRITE;
                case COMPLETIONS_ARE_ERRORS_WITH_200, COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED -> call == Call.COMPLETION;
                case READS_HANG, READS_ARE_CUT, READS_ARE_FLIPPED, ONE_READ_IS_FLIPPED, READS_ARE_OF_ANOTHER_PLACE ->
                    call == Call.READ;
                case READS_FIND_NOTHING -> call == Call.READ || call == Call.HEAD;
                case LOSES_THE_LAST_BYTE -> call == Call.HEAD;
            };
        }
    }

    /** Does it from the first to the last of the calls that it concerns, counted from 1. */
    private record Order(Fault fault, int first, int last, AtomicInteger seen) {
        /** @param query as {@code PUT /fault} has it */
        static Order of(String query) {
            var words = query.split(",", -1);
            var fault = Fault.valueOf(words[0]);
            return words.length == 1
                    ? of(fault)
                    : new Order(fault, Integer.parseInt(words[1]), Integer.parseInt(words[2]), new AtomicInteger());
        }

        static Order of(Fault fault) {
            return fault == Fault.ONE_READ_IS_FLIPPED
                    ? new Order(Fault.READS_ARE_FLIPPED, 1, 1, new AtomicInteger())
                    : new Order(fault, 1, Integer.MAX_VALUE, new AtomicInteger());
        }

        Fault now(Call call) {
            if (!fault.concerns(call)) {
                return Fault.NONE;
            }
            var number = seen.incrementAndGet();
            return first <= number && number <= last ? fault : Fault.NONE;
        }
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
        order = Order.of(what);
    }

    /** From the first to the last of the calls that it concerns, which are counted from 1 from now on. */
    public void tell(Fault what, int first, int last) {
        order = new Order(what, first, last, new AtomicInteger());
    }

    /** How many calls came since then that the fault concerns. */
    public int seen() {
        return order.seen().get();
    }

    /** To be told from anywhere that reaches it. */
    public static void tell(URI faulty, Fault fault) {
        tell(faulty, fault.name());
    }

    /** The same from the first to the last of the calls that it concerns. */
    public static void tell(URI faulty, Fault fault, int first, int last) {
        tell(faulty, "%s,%d,%d".formatted(fault, first, last));
    }

    private static void tell(URI faulty, String order) {
        ask(HttpRequest.newBuilder(faulty.resolve("/fault?" + order)).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    /** What {@link #seen()} says there. */
    public static int seen(URI faulty) {
        return Integer.parseInt(ask(HttpRequest.newBuilder(faulty.resolve("/seen"))));
    }

    /** The numbers of the parts of an object that the storage took, one behind the other, as often as it took each. */
    public static List<Integer> parts(URI faulty, String object) {
        return ask(HttpRequest.newBuilder(faulty.resolve("/parts")))
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[0].endsWith("/" + object))
                .map(words -> Integer.valueOf(words[1]))
                .toList();
    }

    private static String ask(HttpRequest.Builder request) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            request.timeout(Duration.ofSeconds(20)).build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/fault" -> {
                    order = Order.of(exchange.getRequestURI().getQuery());
                    exchange.sendResponseHeaders(204, -1);
                }
                case "/seen" -> answer(exchange, String.valueOf(seen()));
                case "/parts" -> answer(exchange, String.join("\n", parts));
                default -> faulty(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void faulty(HttpExchange exchange) throws IOException, InterruptedException {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        var chosen = objects.test(exchange.getRequestURI().getPath());
        var call = chosen ? Call.of(exchange.getRequestMethod(), query) : Call.OTHER;
        var fault = order.now(call);
        switch (fault) {
            case ERRORS -> answerAfterBody(exchange, 500);
            case WRITES_ARE_SLOWED_DOWN -> answerAfterBody(exchange, 503, "SlowDown");
            case WRITES_ARE_BAD -> answerAfterBody(exchange, 400, "BadDigest");
            case WRITES_ARE_REFUSED -> answerAfterBody(exchange, 403, "ExpiredToken");
            case WRITES_ARE_LOST -> answerAfterBody(exchange, 200);
            case COMPLETIONS_ARE_ERRORS_WITH_200 -> answerAfterBody(exchange, 200, "InternalError");
            case COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED -> answerOf(exchange);
            case READS_FIND_NOTHING -> answerMissing(exchange);
            case HANGS, WRITES_HANG, READS_HANG -> closed.await();
            case WRITES_ARE_CUT -> LOG.log(System.Logger.Level.DEBUG, "the connection is cut");
            case WRITES_TRICKLE -> trickle(exchange);
            default -> pass(exchange, fault);
        }
    }

    /** Reads what comes as slowly as a bad line would, for as long as somebody sends. */
    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        var piece = new byte[SLOW_BYTES];
        while (exchange.getRequestBody().readNBytes(piece, 0, piece.length) > 0) {
            if (closed.await(SLOW_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        exchange.sendResponseHeaders(503, -1);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void answerAfterBody(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
    }

    private static void answerAfterBody(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answer(exchange, status, code);
    }

    private static void answer(HttpExchange exchange, int status, String code) throws IOException {
        var body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void answerMissing(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            answer(exchange, 404, "NoSuchKey");
        }
    }

    private void pass(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        var answer = answerOf(exchange);
        var body = answer.body();
        noteThePart(exchange.getRequestURI(), answer.statusCode());
        if (fault == Fault.READS_ARE_FLIPPED && body.length > 0) {
            body[body.length / 2] ^= 1;
        }
        if (fault == Fault.READS_ARE_OF_ANOTHER_PLACE && body.length > 0) {
            System.arraycopy(answer.body().clone(), 0, body, 1, body.length - 1);
        }
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (fault == Fault.WRITES_GET_ANOTHER_TAG) {
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            head(exchange, answer, fault);
        } else {
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            var length = fault == Fault.READS_ARE_CUT ? body.length / 2 : body.length;
            exchange.getResponseBody().write(body, 0, length);
        }
    }

    private void noteThePart(URI request, int status) {
        var part = PART.matcher(String.valueOf(request.getQuery()));
        if (status == 200 && part.matches()) {
            parts.add(request.getPath() + " " + part.group(1));
        }
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
    private void head(HttpExchange exchange, HttpResponse<byte[]> answer, Fault fault) throws IOException {
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
