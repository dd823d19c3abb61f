package io.everstate.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.everstate.cli.console.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Stands where a chat's webhook would: takes the alerts and shows them. */
public final class ChatReceiver implements AutoCloseable {

    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final List<String> alerts = new CopyOnWriteArrayList<>();
    private final Consumer<String> screen;

    private ChatReceiver(HttpServer server, Consumer<String> screen) {
        this.server = server;
        this.screen = screen;
    }

    public static ChatReceiver start(Consumer<String> screen) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ChatReceiver receiver = new ChatReceiver(server, screen);
            server.createContext("/alerts", receiver::take);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("the chat's stand-in does not start", e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    public List<String> alerts() {
        return List.copyOf(alerts);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody());
            String text =
                    body.path("severity").asText() + ": " + body.path("text").asText();
            alerts.add(text);
            screen.accept(text);
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
