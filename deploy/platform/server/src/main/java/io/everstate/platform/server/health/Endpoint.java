package io.everstate.platform.server.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.platform.server.part.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health} probes the parts: 200 if all answer, otherwise 503. With control switched on,
 * {@code POST /parts/<name>/stop} and {@code /start} end and bring back one part, and answer when that is done.
 */
public final class Endpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private static final Pattern CONTROL = Pattern.compile("/parts/([a-z0-9]+)/(start|stop)");

    private final HttpServer server;
    private final Parts parts;

    public Endpoint(int port, Parts parts, boolean control) {
        this.parts = parts;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " for health", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", this::health);
        if (control) {
            server.createContext("/parts/", this::control);
        }
    }

    public void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void health(HttpExchange exchange) throws IOException {
        Map<String, Boolean> probed = parts.probe();
        boolean up = !probed.containsValue(false);
        String body = probed.entrySet().stream()
                .map(part -> "\"" + part.getKey() + "\":\"" + word(part.getValue()) + "\"")
                .collect(Collectors.joining(",", "{\"status\":\"" + word(up) + "\",\"parts\":{", "}}"));
        answer(exchange, up ? 200 : 503, body);
    }

    private void control(HttpExchange exchange) throws IOException {
        Matcher asked = CONTROL.matcher(exchange.getRequestURI().getPath());
        Part part = asked.matches() ? parts.find(asked.group(1)).orElse(null) : null;
        if (part == null || !exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 404, "{\"error\":\"POST /parts/<name>/stop or /start\"}");
            return;
        }
        try {
            LOG.warn("{}: {} as asked over HTTP", part.name(), asked.group(2));
            if (asked.group(2).equals("stop")) {
                parts.stop(part);
            } else {
                parts.start(part);
            }
            answer(exchange, 200, "{}");
        } catch (RuntimeException e) {
            LOG.error("{} did not {}", part.name(), asked.group(2), e);
            answer(exchange, 500, "{\"error\":\"the log says why\"}");
        }
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
