package io.everstate.bot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.Markets;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies on candles of Binance, from the directory that {@code EVERSTATE_CANDLES} names. */
@EnabledIfEnvironmentVariable(
        named = "EVERSTATE_CANDLES",
        matches = ".+",
        disabledReason = "EVERSTATE_CANDLES names no directory of candles")
class RealCandlesTradingTest {
    private static final int BARS = 5_000;
    private static final String BTC = "BTC/USDT";
    private static final String ETH = "ETH/USDT";
    private static final String CROSS = "ETH/BTC";
    private static final MarketFeed CANDLES = candles();

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sma-cross", "rsi-reversion", "bollinger", "grid", "dca"})
    void tradeAndGoOnAfterALoss(String strategy) {
        var parameters = strategy.equals("grid")
                ? Map.of("lower", Amount.of(40_000), "upper", Amount.of(48_000), "levels", Amount.of(40))
                : Map.<String, Amount>of();
        var configuration = PaperRun.configuration(strategy, parameters, List.of(BTC));
        var whole = new PaperRun(configuration, CANDLES).until(BARS);
        var first = new PaperRun(configuration, CANDLES).until(BARS / 2);
        var second = first.resumed().until(BARS);

        assertThat(whole.fills()).hasSizeGreaterThan(10);
        assertThat(first.fills().size() + second.fills().size())
                .isEqualTo(whole.fills().size());
        assertThat(second.state()).isEqualTo(whole.state());
    }

    /**
     * There are no candles of ETH/BTC, so the cross rate is made from the other two and rounded to Binance's tick of 0.00001: a market
     * without a gap. Its rounding alone must not look like one.
     */
    @Test
    void findNoOpportunityWhereThereIsNone() {
        var market = new InMemoryMarket(Map.of(BTC, bars(BTC), ETH, bars(ETH), CROSS, crossRates(Amount.ZERO)));

        assertThat(arbitrage(market).events()).isEmpty();
    }

    /** The same with a cross rate that is one percent too high at every bar. */
    @Test
    void findTheOpportunityThatWasPutIn() {
        var market = new InMemoryMarket(Map.of(BTC, bars(BTC), ETH, bars(ETH), CROSS, crossRates(Amount.of("0.01"))));

        var run = arbitrage(market);

        assertThat(run.events()).hasSizeGreaterThan(BARS / 2);
        assertThat(run.fills().subList(0, 3)).extracting(fill -> fill.symbol()).containsExactly(ETH, CROSS, BTC);
        assertThat(run.state().portfolio().totalProfit()).isGreaterThan(Amount.ZERO);
    }

    private static PaperRun arbitrage(MarketFeed market) {
        var configuration = PaperRun.configuration("triangular-arbitrage", Map.of(), List.of(BTC, CROSS, ETH));
        return new PaperRun(configuration, market).until(BARS);
    }

    private static List<Bar> crossRates(Amount tooHigh) {
        return IntStream.range(0, BARS)
                .mapToObj(number -> crossRate(number, tooHigh))
                .toList();
    }

    private static Bar crossRate(long number, Amount tooHigh) {
        var bitcoin = CANDLES.bar(BTC, number).orElseThrow();
        var ether = CANDLES.bar(ETH, number).orElseThrow();
        var rate = ether.close()
                .value()
                .multiply(BigDecimal.ONE.add(tooHigh.value()))
                .divide(bitcoin.close().value(), 5, RoundingMode.HALF_EVEN);
        var price = Amount.of(rate);
        return new Bar(number, bitcoin.at(), price, price, price, price, Amount.ZERO);
    }

    private static List<Bar> bars(String symbol) {
        return LongStream.range(0, BARS)
                .mapToObj(number -> CANDLES.bar(symbol, number).orElseThrow())
                .toList();
    }

    private static MarketFeed candles() {
        var properties = new HashMap<String, String>();
        var directory = Path.of(System.getenv().getOrDefault("EVERSTATE_CANDLES", "."));
        Map.of(BTC, "BTCUSDT-5m", ETH, "ETHUSDT-5m")
                .forEach((symbol, name) -> properties.put(
                        "everstate.market.klines.\"" + symbol + "\".file",
                        directory.resolve(name + ".csv.gz").toString()));
        return Markets.of(SampleConfiguration.of(MarketConfiguration.class, properties));
    }
}
