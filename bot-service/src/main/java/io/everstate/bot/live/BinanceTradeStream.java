package io.everstate.bot.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import io.everstate.contracts.bot.Amount;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Binance's combined streams of trades, by XChange's connection. Its messages are read here: XChange's own reading needs a list of all
 * markets, by REST, first. It does not reconnect by itself: who uses it decides when.
 */
final class BinanceTradeStream implements TradeStream {
    static final URI BINANCE = URI.create("wss://stream.binance.com:9443/");
    private static final Logger LOG = Logger.getLogger(BinanceTradeStream.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Ends before our own wait: an attempt that is given up in its middle leaves its thread behind. */
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(8);

    private static final int LARGEST_FRAME = 1 << 20;

    private final URI base;

    /** @param base of the WebSocket, with a slash at its end */
    BinanceTradeStream(URI base) {
        this.base = base;
    }

    @Override
    public Connection connect(Set<String> symbols, Listener listener) {
        var service = new Messages(symbols, base, listener);
        service.setAutoReconnect(false);
        service.setChannelInactiveHandler(_ -> listener.ended("the exchange closed the connection"));
        var subscribed = new CompositeDisposable();
        try {
            if (!service.connect().blockingAwait(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("no connection within " + DEADLINE);
            }
            symbols.forEach(symbol -> subscribed.add(service.subscribeChannel(channelOf(symbol))
                    .subscribe(
                            message -> tell(symbol, message, listener),
                            failure -> listener.ended(symbol + ": " + failure))));
            return () -> close(service, subscribed);
        } catch (RuntimeException e) {
            close(service, subscribed);
            throw new TradeStreamException("Binance does not answer: " + e.getMessage(), e);
        }
    }

    private static String channelOf(String symbol) {
        return symbol.replace("/", "").toLowerCase(Locale.ROOT) + "@trade";
    }

    private static void tell(String symbol, JsonNode message, Listener listener) {
        read(symbol, message.path("data")).ifPresentOrElse(listener::traded, () -> listener.unreadable(Set.of(symbol)));
    }

    /** {@code p} is the price, {@code q} the quantity, {@code T} the time of the trade in milliseconds. */
    private static Optional<LiveTrade> read(String symbol, JsonNode trade) {
        if (!trade.path("p").isTextual()
                || !trade.path("q").isTextual()
                || !trade.path("T").canConvertToLong()) {
            return Optional.empty();
        }
        try {
            var price = Amount.of(trade.path("p").asText());
            var quantity = Amount.of(trade.path("q").asText());
            var at = Instant.ofEpochMilli(trade.path("T").asLong());
            return price.isPositive() && !quantity.isNegative()
                    ? Optional.of(new LiveTrade(symbol, price, quantity, at))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "a trade of %s cannot be read", symbol);
            return Optional.empty();
        }
    }

    private static void close(BinanceStreamingService service, CompositeDisposable subscribed) {
        subscribed.dispose();
        if (!service.disconnect().onErrorComplete().blockingAwait(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the connection to Binance did not close in time");
        }
    }

    /** What comes over the connection. XChange's own reading passes over in silence what is no JSON: it may have been anybody's trade. */
    private static final class Messages extends BinanceStreamingService {
        private final Set<String> symbols;
        private final Listener listener;

        Messages(Set<String> symbols, URI base, Listener listener) {
            super(
                    base + "stream?streams="
                            + symbols.stream()
                                    .map(BinanceTradeStream::channelOf)
                                    .collect(Collectors.joining("/")),
                    ProductSubscription.create().build(),
                    new KlineSubscription(Map.of()),
                    LARGEST_FRAME,
                    CONNECT_DEADLINE,
                    DEADLINE,
                    Math.toIntExact(DEADLINE.toSeconds()));
            this.symbols = Set.copyOf(symbols);
            this.listener = listener;
        }

        @Override
        public void messageHandler(String text) {
            try {
                read(objectMapper.readTree(text));
            } catch (JsonProcessingException e) {
                LOG.debugf(e, "what is no JSON came from Binance");
                listener.unreadable(symbols);
            }
        }

        /** Only what names its stream is a trade; others are answers, and words about the connection. */
        private void read(JsonNode message) {
            if (message.path("stream").isTextual()) {
                handleMessage(message);
            } else if (!message.isObject()) {
                listener.unreadable(symbols);
            }
        }
    }
}
