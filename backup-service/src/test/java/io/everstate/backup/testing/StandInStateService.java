package io.everstate.backup.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executors;

/** Answers the two requests that a backup makes of state-service, with two bots; {@code PUT /away} and {@code PUT /back} switch it. */
public final class StandInStateService implements AutoCloseable {
    private static final String BOTS = "{\"id\":\"first\"}\n{\"id\":\"second\"}\n";

    private final HttpServer server;
    private final byte[] content = Zstd.compress(BOTS.getBytes(UTF_8));
    private volatile boolean away;

    public StandInStateService() {
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
            switch (exchange.getRequestURI().getPath()) {
                case "/away" -> away(exchange, true);
                case "/back" -> away(exchange, false);
                default -> state(exchange);
            }
        }
    }

    private void away(HttpExchange exchange, boolean now) throws IOException {
        away = now;
        exchange.sendResponseHeaders(204, -1);
    }

    private void state(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Authorization");
        if (away) {
            exchange.sendResponseHeaders(503, -1);
        } else if (token == null || !token.startsWith("Bearer ey")) {
            exchange.sendResponseHeaders(401, -1);
        } else if (exchange.getRequestMethod().equals("POST")) {
            send(exchange, 201, "application/json", snapshot());
        } else {
            send(exchange, 200, "application/zstd", content);
        }
    }

    private byte[] snapshot() {
        var now = Instant.now();
        return """
                {"id":"%s","kind":"FULL","formatVersion":2,"takenAt":"%s","offsets":{"0":12,"1":7},"bots":2,
                 "bytes":%d,"sha256":"%s","valid":true}""".formatted(TimeOrderedUuid.at(now), now, content.length, sha256(content))
                .getBytes(UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
