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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands where bot-service would: keeps what it is asked, and answers as the test says. */
public final class BotServiceStand implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, @Nullable Problem> answer;

    /** @param path "/api/v1/bots/..." */
    public record Asked(
            String path,
            @Nullable String authorization,
            @Nullable String key,
            String body) {}

    /** @param answer null = 200 */
    public BotServiceStand(Function<Asked, @Nullable Problem> answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::exchange);
        server.start();
    }

    public static Problem refused(ProblemType type, String detail) {
        return Problem.of(type, detail);
    }

    public void answering(Function<Asked, @Nullable Problem> now) {
        answer = now;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var question = new Asked(
                    exchange.getRequestURI().getPath(),
                    headers.getFirst("Authorization"),
                    headers.getFirst("Idempotency-Key"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            var problem = answer.apply(question);
            var body = problem == null
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : TestJson.format().write(problem);
            exchange.getResponseHeaders()
                    .set("Content-Type", problem == null ? "application/json" : Problem.MEDIA_TYPE);
            exchange.sendResponseHeaders(problem == null ? 200 : problem.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
