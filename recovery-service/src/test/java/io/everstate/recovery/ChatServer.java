package io.everstate.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.recovery.world.WorldServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A chat's webhook: answers as it was told, then 200; keeps what it accepted. */
public final class ChatServer implements AutoCloseable {
    private static final String SECRET = "T0PS3CR3T";

    private final HttpServer server;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<JsonNode> received = new ArrayList<>();
    private final List<String> contentTypes = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Reply(int status, Optional<String> retryAfter, Duration delay) {}

    public ChatServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/" + SECRET);
    }

    public synchronized ChatServer reply(int status) {
        replies.add(new Reply(status, Optional.empty(), Duration.ZERO));
        return this;
    }

    public synchronized ChatServer busy(String retryAfter) {
        replies.add(new Reply(429, Optional.of(retryAfter), Duration.ZERO));
        return this;
    }

    public synchronized ChatServer silent(Duration delay) {
        replies.add(new Reply(200, Optional.empty(), delay));
        return this;
    }

    /** Bodies of every request, refused ones too. */
    public synchronized List<JsonNode> received() {
        return List.copyOf(received);
    }

    public synchronized List<String> contentTypes() {
        return List.copyOf(contentTypes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = take(exchange);
            if (!reply.delay().isZero()) {
                var _ = closed.await(reply.delay().toMillis(), TimeUnit.MILLISECONDS);
            }
            reply.retryAfter().ifPresent(value -> exchange.getResponseHeaders().set("Retry-After", value));
            exchange.sendResponseHeaders(reply.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply take(HttpExchange exchange) throws IOException {
        received.add(WorldServers.JSON.readTree(exchange.getRequestBody()));
        contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
        return Optional.ofNullable(replies.poll()).orElse(new Reply(200, Optional.empty(), Duration.ZERO));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
