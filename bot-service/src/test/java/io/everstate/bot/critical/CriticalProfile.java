package io.everstate.bot.critical;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.bot.fleet.BotServiceProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A backup before each critical change is required, of a stand-in for backup-service: {@code PUT /away} and {@code PUT /back} switch it. It takes
 * only requests that the real one takes.
 */
public class CriticalProfile extends BotServiceProfile {
    static final String SERVICE = "everstate.critical-changes.backup-service";

    private static volatile boolean away;

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put(SERVICE, "http://127.0.0.1:" + start().getAddress().getPort());
        settings.put("everstate.critical-changes.backup", "required");
        settings.put("everstate.critical-changes.covers", "0S");
        settings.put("everstate.critical-changes.ask-again", "0S");
        return settings;
    }

    private static HttpServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", CriticalProfile::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().toString()) {
                case "/away" -> away(exchange, true);
                case "/back" -> away(exchange, false);
                case "/api/v1/backups?wait=10" -> backup(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void away(HttpExchange exchange, boolean now) throws IOException {
        away = now;
        exchange.sendResponseHeaders(204, -1);
    }

    private static void backup(HttpExchange exchange) throws IOException {
        var wanted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        if (!wanted.contains("\"kind\":\"STATE_ONLY\"")
                || headers.getFirst("Idempotency-Key") == null
                || !String.valueOf(headers.getFirst("Authorization")).startsWith("Bearer ey")) {
            exchange.sendResponseHeaders(400, -1);
        } else if (away) {
            send(exchange, 503, """
                    {"type":"urn:everstate:problem:unavailable","title":"A part that is needed does not answer","status":503,
                     "detail":"the storage does not answer","retryable":true}""");
        } else {
            send(exchange, 200, """
                    {"id":"%s","workspace":"default","kind":"STATE_ONLY","status":"COMPLETED","description":"a test",
                     "requestedAt":"2026-11-23T10:00:00Z","files":1,"bytesDone":1}""".formatted(new UUID(0, 7)));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
