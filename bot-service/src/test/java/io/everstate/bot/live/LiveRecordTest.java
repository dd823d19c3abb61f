package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.history.BinanceHistory;
import io.everstate.bot.live.DroppedTrades.Reason;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bars of a second over a real connection that breaks, and a real record of what was missed, both as Binance's. */
@Tag("PT4")
class LiveRecordTest {
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final Duration SPAN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int BARS_BEFORE = 20;
    private static final int KEPT = 200;

    private final BinanceStandIn exchange = new BinanceStandIn();
    private final BinanceHistory history =
            new BinanceHistory(exchange.rest(), SPAN, Duration.ofSeconds(5), new SampleJson());
    private final LiveFeed feed = new LiveFeed(
            Map.of(BTC, bars(), ETH, bars()),
            new LiveFeed.Exchange(new BinanceTradeStream(exchange.address()), Optional.of(history)),
            new Patience(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMillis(400)),
            Clock.systemUTC());
    private final long begin = Instant.now().getEpochSecond() - BARS_BEFORE;
    private int prices;

    private static LiveBars bars() {
        return new LiveBars(SPAN, KEPT, Duration.ofSeconds(4));
    }

    @BeforeEach
    void connect() {
        for (var second = 0; second < BARS_BEFORE; second++) {
            for (var symbol : List.of("BTCUSDT", "ETHUSDT")) {
                exchange.trade(
                        symbol, Integer.toString(100 + second % 7), "0.5", Instant.ofEpochSecond(begin + second));
            }
        }
    }

    @AfterEach
    void close() {
        feed.close();
        history.close();
        exchange.close();
    }

    @Test
    void afterSeveralMissedBarsTheyAreAsIfTheConnectionHadNeverBroken() {
        feed.start();
        var first = tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");
        exchange.refuse(true);
        exchange.hangUp();
        tradeUntil(now -> assertThat(now).isGreaterThan(first + 5), "BTCUSDT", "ETHUSDT");
        assertThat(feed.look(BTC, first + 3)).isEqualTo(new Look.NotYet());

        exchange.refuse(false);
        var last = tradeUntil(
                now -> {
                    assertThat(feed.connected()).isTrue();
                    assertThat(feed.bar(BTC, first + 8)).isPresent();
                    assertThat(feed.bar(ETH, first + 8)).isPresent();
                    assertDecided(now);
                    assertComplete(BTC, begin, first + 8);
                    assertComplete(ETH, begin, first + 8);
                },
                "BTCUSDT",
                "ETHUSDT");

        assertThat(last).isGreaterThan(first + 5);
        assertAsHeard(BTC, begin, first + 8);
        assertAsHeard(ETH, begin, first + 8);
        assertThat(feed.lookedUp()).isGreaterThanOrEqualTo(2 * BARS_BEFORE);
        assertThat(feed.unheard()).isZero();
        assertThat(feed.doubts()).isEmpty();
    }

    @Test
    void withoutTheRecordItGoesOnAndSaysSoAndIsWholeWhenItAnswersAgain() {
        exchange.recordDown(true);
        feed.start();

        var first = tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");
        assertThat(feed.doubts()).containsKeys(BTC, ETH);
        assertThat(feed.doubts().get(BTC)).contains("503");
        assertThat(feed.bar(BTC, begin)).isEmpty();

        exchange.recordDown(false);
        tradeUntil(_ -> assertComplete(BTC, begin, first), "BTCUSDT", "ETHUSDT");
        assertAsHeard(BTC, begin, first - 2);
        tradeUntil(_ -> assertThat(feed.doubts()).isEmpty(), "BTCUSDT", "ETHUSDT");
    }

    @Test
    void whatTheRecordCannotSayIsNotUsed() {
        exchange.recordSays("[[1, \"cheap\"]]");
        feed.start();

        tradeUntil(
                now -> {
                    assertDecided(now);
                    assertThat(feed.doubts().get(BTC)).contains("kline 0", "no list of 12");
                },
                "BTCUSDT",
                "ETHUSDT");

        assertThat(feed.lookedUp()).isZero();
        assertThat(LongStream.range(begin, begin + BARS_BEFORE)
                        .filter(number -> feed.bar(BTC, number).isPresent()))
                .isEmpty();
    }

    @Test
    void aBarWithATradeThatNobodyCouldReadHasItAllTheSame() {
        feed.start();
        tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");

        var at = Instant.now();
        exchange.garble("BTCUSDT", "500", "9", at);
        var garbled = at.getEpochSecond();
        tradeUntil(
                now -> {
                    assertThat(now).isGreaterThan(garbled + 2);
                    assertDecided(now);
                    assertComplete(BTC, begin, garbled + 1);
                },
                "BTCUSDT",
                "ETHUSDT");

        assertThat(feed.bar(BTC, garbled).map(Bar::high)).contains(Amount.of(500));
        assertAsHeard(BTC, begin, garbled + 1);
        assertThat(feed.dropped(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(feed.unheard()).isZero();
        assertThat(exchange.requested()).as("connections").hasSize(1);
    }

    @Test
    void aMarketThatIsNotToldOfAnyMoreIsFoundAndTheConnectionMadeAnew() {
        feed.start();
        var first = tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");
        var connections = exchange.requested().size();

        exchange.forget("ETHUSDT");
        tradeUntil(_ -> assertThat(feed.unheard()).isPositive(), "BTCUSDT", "ETHUSDT");
        exchange.remember("ETHUSDT");
        tradeUntil(
                now -> {
                    assertThat(exchange.requested()).hasSizeGreaterThan(connections);
                    assertDecided(now);
                },
                "BTCUSDT",
                "ETHUSDT");

        tradeUntil(_ -> assertComplete(ETH, begin, first + 6), "BTCUSDT", "ETHUSDT");
        tradeUntil(_ -> assertThat(feed.doubts()).isEmpty(), "BTCUSDT", "ETHUSDT");
    }

    @Test
    void aMarketThatIsQuietHasBarsWithoutTradesAsLongAsTheRecordSaysSo() {
        feed.start();
        var first = tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");

        var quiet = tradeUntil(
                now -> {
                    assertThat(now).isGreaterThan(first + 7);
                    assertDecided(now);
                },
                "BTCUSDT");

        assertThat(feed.bar(ETH, quiet - 5).map(Bar::volume)).contains(Amount.ZERO);
        assertAsHeard(ETH, begin, quiet - 5);
        exchange.recordDown(true);
        var down = Instant.now().getEpochSecond();
        tradeUntil(_ -> assertHeld(down), "BTCUSDT");
        tradeUntil(this::assertDecided, "BTCUSDT", "ETHUSDT");
        assertThat(feed.silence(ETH)).isZero();
        assertThat(feed.unheard()).isZero();
        assertThat(exchange.requested()).hasSize(1);
    }

    /** The silent market, since about then; the other goes on. */
    private void assertHeld(long since) {
        assertThat(feed.look(BTC, since + 5)).as("others go on").isNotEqualTo(new Look.NotYet());
        var newest = LongStream.range(since - 5, since + 8)
                .filter(number -> feed.bar(ETH, number).isPresent())
                .max()
                .orElseThrow();
        assertThat(newest).isLessThan(since + 5);
        assertThat(feed.look(ETH, newest)).isEqualTo(new Look.NotYet());
        assertThat(feed.look(ETH, newest + 1)).isEqualTo(new Look.NotYet());
        assertThat(feed.priceNow(ETH, 0)).isEmpty();
        assertThat(feed.silence(ETH)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(feed.doubts().get(ETH)).contains("silent for", "503");
    }

    /** Both markets are decided by now. */
    private void assertDecided(long now) {
        for (var symbol : Set.of(BTC, ETH)) {
            assertThat(LongStream.range(now - 5, now)
                            .filter(number -> feed.look(symbol, number) instanceof Look.Present)
                            .count())
                    .as(symbol)
                    .isPositive();
        }
    }

    private void assertComplete(String symbol, long from, long to) {
        assertThat(LongStream.rangeClosed(from, to)
                        .filter(number -> feed.bar(symbol, number).isEmpty()))
                .isEmpty();
    }

    /** Trades come until that holds. Returns the second in which it did. */
    private long tradeUntil(ThrowingConsumer<Long> assertion, String... symbols) {
        var held = new long[1];
        await().atMost(SOON).pollInterval(Duration.ofMillis(150)).untilAsserted(() -> {
            for (var symbol : symbols) {
                exchange.trade(symbol, Integer.toString(100 + prices++ % 13), "0.25", Instant.now());
            }
            held[0] = Instant.now().getEpochSecond();
            assertion.accept(held[0]);
        });
        return held[0];
    }

    /** As one who heard every trade that there was. */
    private void assertAsHeard(String symbol, long from, long to) {
        var all = new LiveBars(SPAN, KEPT, Duration.ofDays(1));
        all.connected(Instant.ofEpochSecond(begin - 1));
        exchange.trades(symbol.replace("/", "")).forEach(all::traded);
        all.heard(Instant.ofEpochSecond(to + 3));

        assertThat(LongStream.rangeClosed(from, to).mapToObj(number -> feed.bar(symbol, number)))
                .isEqualTo(LongStream.rangeClosed(from, to).mapToObj(all::find).toList())
                .doesNotContain(Optional.empty());
    }
}
