package io.everstate.bot.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that speaks as Binance does, when a test wants it to: combined streams of trades by WebSocket, and the klines of all trades
 * that ever were, whoever heard them, by REST.
 */
final class BinanceStandIn implements AutoCloseable {
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY = 429;

    private final Vertx vertx = Vertx.vertx();
    private final List<ServerWebSocket> open = new CopyOnWriteArrayList<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final KlineRecord klines = new KlineRecord();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile boolean refusing;
    private volatile @Nullable String instead;
    private volatile boolean down;
    private volatile int pause;
    private final AtomicInteger askedForKlines = new AtomicInteger();

    BinanceStandIn() {
        server = vertx.createHttpServer()
                .webSocketHandshakeHandler(this::called)
                .webSocketHandler(this::connected)
                .requestHandler(this::asked)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void called(ServerWebSocketHandshake handshake) {
        if (refusing) {
            handshake.reject(UNAVAILABLE);
        } else {
            handshake.accept();
        }
    }

    private void connected(ServerWebSocket socket) {
        requested.add(socket.uri());
        open.add(socket);
        socket.closeHandler(_ -> open.remove(socket));
    }

    private void asked(HttpServerRequest request) {
        if (!request.path().equals("/api/v3/klines")) {
            control(request);
            return;
        }
        askedForKlines.incrementAndGet();
        if (pause > 0) {
            request.response()
                    .setStatusCode(TOO_MANY)
                    .putHeader("Retry-After", Integer.toString(pause))
                    .end();
        } else if (down) {
            request.response().setStatusCode(UNAVAILABLE).end();
        } else {
            var text = instead;
            var now = Instant.now();
            request.response()
                    .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                    .end(text == null ? klines.answer(request.params(), now) : text);
        }
    }

    /** What another class loader's test wants: a POST says its body to all, a DELETE hangs up, a GET tells how often it was called. */
    private void control(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.method().equals(HttpMethod.POST)) {
                var trade = new JsonObject(body).getJsonObject("data");
                klines.add(
                        trade.getString("s"),
                        trade.getString("p"),
                        trade.getString("q"),
                        Instant.ofEpochMilli(trade.getLong("T")));
                open.forEach(socket -> socket.writeTextMessage(body.toString()));
            } else if (request.method().equals(HttpMethod.DELETE)) {
                open.forEach(ServerWebSocket::close);
            }
            request.response().end(Integer.toString(requested.size()));
        });
    }

    /** Of both, the WebSocket's. */
    URI address() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
    }

    URI rest() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    /** What was asked for, one for each connection ever made. */
    List<String> requested() {
        return List.copyOf(requested);
    }

    int connections() {
        return open.size();
    }

    /** Every trade that there was, told or not. */
    List<LiveTrade> trades(String symbol) {
        return klines.trades(symbol);
    }

    void trade(String symbol, String price, String quantity, Instant at) {
        klines.add(symbol, price, quantity, at);
        if (!untold.contains(symbol)) {
            say(message(symbol, price, quantity, at));
        }
    }

    /** A trade that there is, told as nobody can read it. */
    void garble(String symbol, String price, String quantity, Instant at) {
        klines.add(symbol, price, quantity, at);
        say(message(symbol, "much", quantity, at));
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

    /** Trades of that symbol go on and are not told any more, until a new connection is made. */
    void forget(String symbol) {
        untold.add(symbol);
    }

    void remember(String symbol) {
        untold.remove(symbol);
    }

    /** Closes all connections, as Binance does every 24 hours. */
    void hangUp() {
        open.forEach(socket ->
                socket.close().toCompletionStage().toCompletableFuture().join());
    }

    /** Whether it takes no connections. */
    void refuse(boolean refuses) {
        refusing = refuses;
    }

    /** Whether it answers nothing that is asked about klines. */
    void recordDown(boolean isDown) {
        down = isDown;
    }

    /** It wants to be asked nothing about klines for so many seconds; 0 = it answers. */
    void recordWantsPause(int seconds) {
        pause = seconds;
    }

    /** Its record has a hole where the kline that begins then should be. */
    void recordLoses(Instant opensAt) {
        klines.lose(opensAt);
    }

    int askedForKlines() {
        return askedForKlines.get();
    }

    /** What it answers to all that is asked about klines; null = the klines. */
    void recordSays(@Nullable String text) {
        instead = text;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
