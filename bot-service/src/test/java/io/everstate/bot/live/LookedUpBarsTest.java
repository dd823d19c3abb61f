package io.everstate.bot.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.history.BinanceHistory;
import io.everstate.bot.market.Look;
import io.everstate.bot.sample.SampleJson;
import io.everstate.contracts.bot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it asks, by a clock that the test moves; the exchange is a local server. */
class LookedUpBarsTest {
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2024-11-20T12:00:00Z");
    private static final long FIRST = NOON.getEpochSecond() / 60;

    private final BinanceStandIn exchange = new BinanceStandIn();
    private final BinanceHistory history =
            new BinanceHistory(exchange.rest(), MINUTE, Duration.ofSeconds(10), new SampleJson());
    private final Map<String, LiveBars> markets = new TreeMap<>(Map.of(BTC, bars(), ETH, bars()));
    private final List<String> unheard = new ArrayList<>();
    private final MovedClock clock = new MovedClock();
    private final LookedUpBars bars = new LookedUpBars(
            history,
            markets,
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30)),
            clock,
            (symbol, why) -> unheard.add(symbol + ": " + why));

    private static LiveBars bars() {
        return new LiveBars(MINUTE, 5, MINUTE);
    }

    @BeforeEach
    void begin() {
        for (var minute = -10; minute < 0; minute++) {
            exchange.trade("BTCUSDT", "100", "1", NOON.plusSeconds(60L * minute));
            exchange.trade("ETHUSDT", "7", "1", NOON.plusSeconds(60L * minute));
        }
        clock.now = NOON.plusSeconds(10);
        markets.values().forEach(market -> market.connected(clock.now));
    }

    @AfterEach
    void close() {
        history.close();
        exchange.close();
    }

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        bars.lookUp();
        bars.lookUp();

        assertThat(exchange.askedForKlines()).isEqualTo(2);
        assertThat(bars.told()).isEqualTo(8);
        assertThat(market(BTC).find(FIRST - 4)).isPresent();
        assertThat(bars.failures()).isEmpty();
    }

    @Test
    void afterAFailureItWaitsLongerEachTime() {
        exchange.recordDown(true);
        var asked = new ArrayList<Integer>();

        for (var second = 0; second < 20; second++) {
            bars.lookUp();
            asked.add(exchange.askedForKlines());
            clock.now = clock.now.plusSeconds(1);
        }

        assertThat(asked).startsWith(2, 4, 4, 6, 6, 6, 6, 8).endsWith(10);
        assertThat(bars.failures()).containsOnlyKeys(BTC, ETH);
        exchange.recordDown(false);
        clock.now = clock.now.plusSeconds(30);
        bars.lookUp();
        assertThat(bars.failures()).isEmpty();
    }

    @Test
    void whoIsToldToWaitAsksAboutNoMarketUntilThen() {
        exchange.recordWantsPause(600);
        bars.lookUp();
        assertThat(exchange.askedForKlines()).isEqualTo(1);

        exchange.recordWantsPause(0);
        clock.now = clock.now.plusSeconds(599);
        bars.lookUp();
        assertThat(exchange.askedForKlines()).isEqualTo(1);

        clock.now = clock.now.plusSeconds(1);
        bars.lookUp();
        assertThat(exchange.askedForKlines()).isGreaterThan(2);
        assertThat(bars.failures()).isEmpty();
    }

    /** Before, all bars around it stayed unknown, and were asked for again for ever. */
    @Test
    void whatIsBehindAHoleOfTheRecordIsUsedOnceItIsBelieved() {
        exchange.recordLoses(NOON.minusSeconds(120));
        bars.lookUp();
        assertThat(market(BTC).find(FIRST - 1)).isEmpty();
        assertThat(bars.failures().get(BTC)).isEqualTo("it leaves out the bars %1$d to %1$d".formatted(FIRST - 2));

        for (var told = 2; told < KnownBars.BELIEVED_AFTER; told++) {
            clock.now = clock.now.plusSeconds(30);
            bars.lookUp();
        }
        assertThat(market(BTC).find(FIRST - 1)).isEmpty();
        clock.now = clock.now.plusSeconds(30);
        bars.lookUp();
        assertThat(market(BTC).find(FIRST - 1)).isPresent();
        assertThat(market(BTC).find(FIRST - 2)).isEmpty();
        assertThat(bars.failures()).isEmpty();

        var asked = exchange.askedForKlines();
        clock.now = clock.now.plusSeconds(40);
        bars.lookUp();
        assertThat(exchange.askedForKlines()).isEqualTo(asked);
        assertThat(unheard).isEmpty();
    }

    /** Before, such a market was held until a trade of it was heard, however long the record's hole was over. */
    @Test
    void aHeldMarketGoesOnBehindAHole() {
        bars.lookUp();
        market(BTC).traded(new LiveTrade(BTC, Amount.of(100), Amount.of(1), NOON.plusSeconds(61)));
        exchange.trade("BTCUSDT", "100", "1", NOON.plusSeconds(61));
        exchange.recordLoses(NOON.plusSeconds(120));
        exchange.recordLoses(NOON.plusSeconds(180));
        clock.now = NOON.plusSeconds(305);
        market(BTC).heard(clock.now);

        for (var told = 0; told <= KnownBars.BELIEVED_AFTER + 2; told++) {
            bars.lookUp();
            clock.now = clock.now.plusSeconds(30);
        }

        assertThat(market(BTC).find(FIRST + 1)).isPresent();
        assertThat(market(BTC).find(FIRST + 2)).isEmpty();
        assertThat(market(BTC).find(FIRST + 4)).isPresent();
        assertThat(market(BTC).look(FIRST + 4)).isInstanceOf(Look.Present.class);
        assertThat(market(BTC).silence()).isEmpty();
        assertThat(bars.failures()).isEmpty();
        assertThat(unheard).isEmpty();
    }

    @Test
    void aMarketThatIsNotHeardIsTold() {
        bars.lookUp();
        exchange.trade("ETHUSDT", "8", "1", NOON.plusSeconds(65));
        clock.now = NOON.plusSeconds(125);
        market(ETH).heard(clock.now);

        for (var attempts = 0; attempts < 3; attempts++) {
            bars.lookUp();
        }

        assertThat(unheard).singleElement().asString().contains(ETH, "that were not heard");
    }

    private LiveBars market(String symbol) {
        return requireNonNull(markets.get(symbol));
    }

    private static final class MovedClock extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for it");
        }
    }
}
