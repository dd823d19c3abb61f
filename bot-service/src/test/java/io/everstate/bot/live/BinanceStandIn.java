package io.everstate.bot.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket server that says what Binance's combined streams say, when a test wants it to. */
final class BinanceStandIn implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<ServerWebSocket> open = new CopyOnWriteArrayList<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    BinanceStandIn() {
        server = vertx.createHttpServer()
                .webSocketHandler(socket -> {
                    requested.add(socket.uri());
                    open.add(socket);
                    socket.closeHandler(_ -> open.remove(socket));
                })
                .requestHandler(this::control)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What another class loader's test wants: a POST says its body to all, a DELETE hangs up, a GET tells how often it was called. */
    private void control(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.method().equals(HttpMethod.POST)) {
                open.forEach(socket -> socket.writeTextMessage(body.toString()));
            } else if (request.method().equals(HttpMethod.DELETE)) {
                open.forEach(ServerWebSocket::close);
            }
            request.response().end(Integer.toString(requested.size()));
        });
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
    }

    /** What was asked for, one for each connection ever made. */
    List<String> requested() {
        return List.copyOf(requested);
    }

    int connections() {
        return open.size();
    }

    void trade(String symbol, String price, String quantity, Instant at) {
        say(message(symbol, price, quantity, at));
    }

    static String message(String symbol, String price, String quantity, Instant at) {
        return """
                {"stream": "%s@trade", "data": {"e": "trade", "E": %d, "s": "%s", "t": 12345, "p": "%s", "q": "%s",
                 "T": %d, "m": true, "M": true}}
                """.formatted(
                        symbol.toLowerCase(Locale.ROOT), at.toEpochMilli(), symbol, price, quantity, at.toEpochMilli());
    }

    void say(String text) {
        open.forEach(socket -> socket.writeTextMessage(text)
                .toCompletionStage()
                .toCompletableFuture()
                .join());
    }

    /** Closes all connections, as Binance does every 24 hours. */
    void hangUp() {
        open.forEach(socket ->
                socket.close().toCompletionStage().toCompletableFuture().join());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
