package io.everstate.state;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands where bot-service would: keeps what it is asked, and answers as the test says. */
public final class BotServiceStand implements AutoCloseable {
    /** Asked from time to time by whoever looks how the system is; nothing is done by it. */
    private static final String LOOK = "/api/v1/replicas";

    /** Asked before what changes many bots. */
    private static final String CHANGE = "/api/v1/critical-changes";

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Asked> changes = new CopyOnWriteArrayList<>();
    private volatile String backup = "";
    private volatile @Nullable Problem missing;
    private volatile Runnable meanwhile = () -> {};
    private volatile CountDownLatch mayChange = new CountDownLatch(0);
    private volatile Function<Asked, @Nullable Problem> answer;
    private volatile List<String> replicas = List.of();
    private volatile Function<Asked, @Nullable Long> numbers = _ -> null;
    private volatile Function<Asked, byte[]> body = _ -> "{}".getBytes(StandardCharsets.UTF_8);

    /**
     * @param path "/api/v1/bots/..."
     * @param query null when there is none
     */
    public record Asked(
            String path,
            @Nullable String query,
            @Nullable String authorization,
            @Nullable String key,
            String body) {
        /** Without a query. */
        public Asked(String path, @Nullable String authorization, @Nullable String key, String body) {
            this(path, null, authorization, key, body);
        }
    }

    /** @param answer null = 200 */
    public BotServiceStand(Function<Asked, @Nullable Problem> answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::exchange);
        server.createContext(CHANGE, change -> Thread.ofVirtual().name("change").start(() -> exchangeChange(change)));
        server.start();
    }

    public static Problem refused(ProblemType type, String detail) {
        return Problem.of(type, detail);
    }

    public void answering(Function<Asked, @Nullable Problem> now) {
        answer = now;
    }

    /** What was asked of it before changes that are led by who asks. */
    public List<Asked> changes() {
        return List.copyOf(changes);
    }

    public void forgetChanges() {
        changes.clear();
    }

    /** What it says of the backup before a change; nothing unless told so. */
    public void backingUp(String said) {
        missing = null;
        backup = said;
    }

    /** A backup is required, and there is none. */
    public void backingNothingUp(String why) {
        missing = refused(ProblemType.UNAVAILABLE, why);
    }

    /** What happens while a backup is taken. */
    public void whileBackingUp(Runnable happening) {
        meanwhile = happening;
    }

    /** Which replicas it says there are; none unless told so. */
    public BotServiceStand of(List<String> addresses) {
        replicas = List.copyOf(addresses);
        return this;
    }

    /** What it says when it refuses nothing; else an empty object. */
    public BotServiceStand saying(Function<Asked, byte[]> said) {
        body = said;
        return this;
    }

    /** With what number of an event a question is answered that is not refused; null = with none. */
    public void numbering(Function<Asked, @Nullable Long> now) {
        numbers = now;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** No change is answered until then. */
    public void holdChangesUntil(CountDownLatch then) {
        mayChange = then;
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        return new Asked(
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getQuery(),
                headers.getFirst("Authorization"),
                headers.getFirst("Idempotency-Key"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void exchangeChange(HttpExchange exchange) {
        try (exchange) {
            changes.add(asked(exchange));
            meanwhile.run();
            mayChange.await();
            answerChange(exchange, missing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = asked(exchange);
            if (question.path().equals(LOOK)) {
                answerLook(exchange);
                return;
            }
            asked.add(question);
            var problem = answer.apply(question);
            var said =
                    problem == null ? body.apply(question) : TestJson.format().write(problem);
            exchange.getResponseHeaders()
                    .set("Content-Type", problem == null ? "application/json" : Problem.MEDIA_TYPE);
            var number = problem == null ? numbers.apply(question) : null;
            if (number != null) {
                exchange.getResponseHeaders().set("Everstate-Sequence", number.toString());
            }
            exchange.sendResponseHeaders(problem == null ? 200 : problem.status(), said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private void answerChange(HttpExchange exchange, @Nullable Problem refusal) throws IOException {
        if (refusal == null) {
            if (!backup.isEmpty()) {
                exchange.getResponseHeaders().set("Everstate-Backup", backup);
            }
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        var said = TestJson.format().write(refusal);
        exchange.getResponseHeaders().set("Content-Type", Problem.MEDIA_TYPE);
        exchange.sendResponseHeaders(refusal.status(), said.length);
        exchange.getResponseBody().write(said);
    }

    private void answerLook(HttpExchange exchange) throws IOException {
        var items = replicas.stream().map(address -> Map.of("address", address)).toList();
        var said = TestJson.format().write(Map.of("items", items));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, said.length);
        exchange.getResponseBody().write(said);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
