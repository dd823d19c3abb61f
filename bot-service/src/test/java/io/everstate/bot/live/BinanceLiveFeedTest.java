package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.live.DroppedTrades.Reason;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.contracts.bot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** XChange on a real connection to a server that speaks as Binance does. */
class BinanceLiveFeedTest {
    private static final String SYMBOL = "BTC/USDT";
    private static final Duration SPAN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BinanceStandIn exchange = new BinanceStandIn();
    private final LiveFeed feed = new LiveFeed(
            Map.of(SYMBOL, bars(), "ETH/USDT", bars()),
            new LiveFeed.Exchange(new BinanceTradeStream(exchange.address()), Optional.empty()),
            new Patience(Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMillis(400)),
            Clock.systemUTC());

    private static LiveBars bars() {
        return new LiveBars(SPAN, 100, Duration.ofMinutes(1));
    }

    @BeforeEach
    void connect() {
        feed.start();
        awaitConnections(1);
    }

    @AfterEach
    void close() {
        feed.close();
        exchange.close();
    }

    @Test
    void tradesBecomeBars() {
        assertThat(exchange.requested().getFirst())
                .startsWith("/stream?streams=")
                .contains("btcusdt@trade", "ethusdt@trade");
        var at = Instant.now().plusSeconds(5);
        var number = at.getEpochSecond();
        exchange.trade("ETHUSDT", "7", "1", at.minusSeconds(2));

        exchange.trade("BTCUSDT", "100.5", "0.25", at);
        exchange.trade("BTCUSDT", "99.5", "0.75", at);
        exchange.trade("ETHUSDT", "7", "1", at.plusSeconds(3));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed.look(SYMBOL, number))
                        .isEqualTo(new Look.Present(new Bar(
                                number,
                                Instant.ofEpochSecond(number + 1),
                                Amount.of("100.5"),
                                Amount.of("100.5"),
                                Amount.of("99.5"),
                                Amount.of("99.5"),
                                Amount.of(1)))));
        assertThat(feed.priceNow(SYMBOL, 0)).contains(Amount.of("99.5"));
    }

    @Test
    void whenTheExchangeHangsUpItIsCalledAgain() {
        exchange.trade("BTCUSDT", "100", "1", Instant.now());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed.priceNow(SYMBOL, 0)).isPresent());

        exchange.hangUp();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(exchange.requested()).hasSizeGreaterThan(1));
        awaitConnections(1);
        awaitHeard();
    }

    @Test
    void whenTheExchangeIsSilentNothingIsKnownAndItIsCalledAgain() {
        exchange.trade("BTCUSDT", "100", "1", Instant.now());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed.priceNow(SYMBOL, 0)).isPresent());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed.priceNow(SYMBOL, 0)).isEmpty());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(exchange.requested()).hasSizeGreaterThan(1));
        awaitHeard();
    }

    @Test
    void whatIsNoTradeIsPassedOver() {
        exchange.say("{\"result\": null, \"id\": 1}");
        exchange.say("{\"error\": {\"code\": 2}}");

        awaitHeard();
        assertThat(feed.dropped(Reason.UNREADABLE)).isZero();
        assertThat(exchange.requested()).hasSize(1);
    }

    /** Anything of them may have been a trade. */
    @Test
    void whatCannotBeReadIsCounted() {
        exchange.say("no json");
        exchange.say("{\"stream\": \"btcusdt@trade\"}");
        exchange.say("{\"stream\": \"btcusdt@trade\", \"data\": {\"e\": \"trade\", \"p\": \"much\"}}");
        exchange.say("");
        exchange.say("[]");

        awaitHeard();
        assertThat(feed.dropped(Reason.UNREADABLE)).isEqualTo(5);
        assertThat(exchange.requested()).hasSize(1);
    }

    @Test
    void aTradeFromTheFutureIsPassedOver() {
        exchange.trade("BTCUSDT", "100", "1", Instant.now());
        exchange.trade("BTCUSDT", "666", "1", Instant.now().plus(Duration.ofHours(1)));
        exchange.trade("BTCUSDT", "101", "1", Instant.now());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed.priceNow(SYMBOL, 0)).contains(Amount.of(101)));
        assertThat(feed.dropped(Reason.FUTURE)).isEqualTo(1);
    }

    private void awaitConnections(int count) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(exchange.connections()).isEqualTo(count);
            assertThat(feed.connected()).isTrue();
        });
    }

    /** Trades come again, on whatever connection there is now. */
    private void awaitHeard() {
        await().atMost(SOON).untilAsserted(() -> {
            exchange.trade("BTCUSDT", "123", "1", Instant.now());
            assertThat(feed.priceNow(SYMBOL, 0)).contains(Amount.of(123));
        });
    }
}
