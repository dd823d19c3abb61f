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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backup before each critical change is required, of a stand-in for backup-service: {@code PUT /away} and {@code PUT /back} switch it, and after
 * {@code PUT /slow} a backup is over only when it is asked for again. It takes only requests that the real one takes.
 */
public class CriticalProfile extends BotServiceProfile {
    static final String SERVICE = "everstate.critical-changes.backup-service";

    private static final Set<String> GOING_ON = ConcurrentHashMap.newKeySet();

    private static volatile Mood mood = Mood.BACK;

    private enum Mood {
        BACK,
        AWAY,
        SLOW
    }

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
            switch (exchange.getRequestURI().getPath()) {
                case "/away" -> become(exchange, Mood.AWAY);
                case "/back" -> become(exchange, Mood.BACK);
                case "/slow" -> become(exchange, Mood.SLOW);
                case "/api/v1/backups" -> backup(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void become(HttpExchange exchange, Mood now) throws IOException {
        mood = now;
        exchange.sendResponseHeaders(204, -1);
    }

    private static void backup(HttpExchange exchange) throws IOException {
        var wanted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        if (!wanted.contains("\"kind\":\"STATE_ONLY\"")
                || headers.getFirst("Idempotency-Key") == null
                || !String.valueOf(headers.getFirst("Authorization")).startsWith("Bearer ey")) {
            exchange.sendResponseHeaders(400, -1);
        } else if (exchange.getRequestURI().getQuery() == null) {
            send(exchange, 202, view("RUNNING"));
        } else if (!exchange.getRequestURI().getQuery().matches("wait=([1-9]|10)")) {
            exchange.sendResponseHeaders(400, -1);
        } else if (mood == Mood.AWAY) {
            send(exchange, 503, problem("the storage does not answer"));
        } else if (mood == Mood.SLOW && GOING_ON.add(headers.getFirst("Idempotency-Key"))) {
            send(exchange, 503, problem("the backup is RUNNING after 10 s, and goes on"));
        } else {
            send(exchange, 200, view("COMPLETED"));
        }
    }

    private static String problem(String detail) {
        return """
                {"type":"urn:everstate:problem:unavailable","title":"A part that is needed does not answer","status":503,
                 "detail":"%s","retryable":true}""".formatted(detail);
    }

    private static String view(String status) {
        return """
                {"id":"%s","workspace":"default","kind":"STATE_ONLY","status":"%s","description":"a test",
                 "requestedAt":"2026-11-23T10:00:00Z","files":1,"bytesDone":1}""".formatted(new UUID(0, 7), status);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
