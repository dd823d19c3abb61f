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
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.Cycle;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Around triangles, by example, at random, and on the simulated market beside the tape. */
class TriangularArbitrageTest {
    private static final List<String> SYMBOLS = List.of("BTC/USD", "SIM/BTC", "SIM/USD");
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final MarketFeed SIMULATED =
            Markets.of(SampleConfiguration.of(MarketConfiguration.class, Map.of("everstate.market.repeat", "false")));

    @ParameterizedTest(name = "SIM/USD at {0}: {1}")
    @CsvSource({
        "10.00, 0, ''",
        "10.02, 0, ''",
        "10.06, 1, BUY BTC/USD BUY SIM/BTC SELL SIM/USD",
        "9.94, 1, BUY SIM/USD SELL SIM/BTC SELL BTC/USD"
    })
    void goesAroundWhereItGains(String price, int cycles, String legs) {
        var run = new PaperRun(configuration(RiskLimits.NONE), market("1000", "0.01", price)).until(1);

        assertThat(run.events()).hasSize(cycles);
        assertThat(String.join(
                        " ",
                        run.fills().stream()
                                .map(fill -> fill.side() + " " + fill.symbol())
                                .toList()))
                .isEqualTo(legs);
    }

    @Test
    void isPaidFromTheAccountThatHasMostAndSpendsNoMoreThanItsStake() {
        var run = new PaperRun(configuration(RiskLimits.NONE), market("1000", "0.01", "10.06")).until(1);

        var cycle = ((CycleExecuted) run.events().getFirst()).cycle();

        assertThat(cycle.account()).isEqualTo("BTC/USD"); // it has the rest of the division
        assertThat(cycle.cost()).isBetween(Amount.of("999.99"), Amount.of(1_000));
        assertThat(cycle.gain()).isGreaterThanOrEqualTo(cycle.cost().times(Amount.of("0.0005")));
    }

    /** Prices of different times are no opportunity, however good they look. */
    @Test
    void doesNothingAtBarsOfDifferentTimes() {
        var late = bar(0, "10.5", BEGIN.plusSeconds(61));
        var market = new InMemoryMarket(Map.of(
                "BTC/USD", List.of(bar(0, "1000", BEGIN.plusSeconds(60))),
                "SIM/BTC", List.of(bar(0, "0.01", BEGIN.plusSeconds(60))),
                "SIM/USD", List.of(late)));

        assertThat(new PaperRun(configuration(RiskLimits.NONE), market).until(1).events())
                .isEmpty();
    }

    @Test
    void goesAroundNoMoreOftenThanItMayAndSaysSoOnce() {
        var market = market("1000", "0.01", "10.06", "10.06", "10.06", "10.06", "10.06");

        var run = new PaperRun(configuration(new RiskLimits(null, 2, null)), market).until(5);

        assertThat(run.events()).hasSize(3);
        assertThat(run.events().getLast())
                .isEqualTo(new LimitReached(Limit.TRADES_PER_HOUR, "BTC/USD", Amount.of(2), Amount.of(2), null));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** The fold takes every cycle that the desk makes, at any prices, fees and slippage, and no currency gains or loses a unit. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryCurrencyToTheLastDecimal(long seed) {
        var random = new Random(seed);
        var run = new PaperRun(randomTerms(random), randomMarket(random, 60)).until(60);

        var cash = BigDecimal.valueOf(10_000);
        var first = BigDecimal.ZERO;
        var last = BigDecimal.ZERO;
        for (var event : run.events()) {
            var cycle = ((CycleExecuted) event).cycle();
            cash = cash.add(cycle.gain().value());
            first = first.add(held(cycle, "BTC/USD"));
            last = last.add(held(cycle, "SIM/USD"));
            assertThat(cycle.gain()).isGreaterThan(Amount.ZERO);
        }
        var balances = run.state().portfolio().symbols().values().stream()
                .map(symbol -> symbol.balance().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(run.events()).isNotEmpty();
        assertThat(balances).isEqualByComparingTo(cash);
        assertThat(run.symbol("BTC/USD").position().value())
                .isEqualByComparingTo(first)
                .isNotNegative();
        assertThat(run.symbol("SIM/USD").position().value())
                .isEqualByComparingTo(last)
                .isNotNegative();
        assertThat(run.symbol("SIM/BTC").position().isZero()).isTrue();
    }

    private static BigDecimal held(Cycle cycle, String symbol) {
        return (cycle.legs().getFirst().symbol().equals(symbol) ? cycle.leftOfFirst() : cycle.leftOfLast()).value();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void goesOnAlikeHoweverOftenItIsLost(long seed) {
        var random = new Random(seed);
        var terms = randomTerms(random);
        var market = randomMarket(random, 60);
        var events = new ArrayList<BotEvent>();
        var run = new PaperRun(terms, market);
        for (var end = 1; end < 60; end += 1 + random.nextInt(9)) {
            events.addAll(run.until(end).events());
            run = run.resumed();
        }
        events.addAll(run.until(60).events());

        assertThat(events).isEqualTo(new PaperRun(terms, market).until(60).events());
    }

    @Test
    void findsItsChancesInTheSimulatedMarketAndGains() {
        var run = new PaperRun(configuration(RiskLimits.NONE), SIMULATED).until(5_000);

        assertThat(run.events().size()).isBetween(50, 250);
        assertThat(run.state().portfolio().totalProfit()).isGreaterThan(Amount.of(100));
        assertThat(run.fills().stream()
                        .filter(fill -> fill.side() == Side.BUY)
                        .map(Fill::symbol)
                        .distinct())
                .hasSize(3);
    }

    private static BotConfiguration configuration(RiskLimits limits) {
        var plain = PaperRun.configuration("triangular-arbitrage", Map.of(), SYMBOLS);
        return terms(plain, "0.001", "0.0001", limits);
    }

    private static BotConfiguration randomTerms(Random random) {
        var plain = PaperRun.configuration(
                "triangular-arbitrage",
                Map.of("margin", Amount.ZERO, "stake", Amount.of(1 + random.nextInt(5_000))),
                SYMBOLS);
        return terms(plain, "0.000" + random.nextInt(10), "0.000" + random.nextInt(5), RiskLimits.NONE);
    }

    private static BotConfiguration terms(BotConfiguration plain, String fee, String slippage, RiskLimits limits) {
        return new BotConfiguration(
                plain.name(),
                plain.strategy(),
                plain.symbols(),
                plain.initialBalance(),
                Amount.of(fee),
                plain.parameters(),
                plain.restartPolicy(),
                null,
                Map.of(),
                List.of(),
                Amount.of(slippage),
                limits);
    }

    private static MarketFeed market(String direct, String cross, String... indirect) {
        return new InMemoryMarket(Map.of(
                "BTC/USD",
                        bars(IntStream.range(0, indirect.length)
                                .mapToObj(_ -> direct)
                                .toList()),
                "SIM/BTC",
                        bars(IntStream.range(0, indirect.length)
                                .mapToObj(_ -> cross)
                                .toList()),
                "SIM/USD", bars(List.of(indirect))));
    }

    /** Odd prices of any size, apart by up to 3 %. */
    private static MarketFeed randomMarket(Random random, int bars) {
        var direct = new ArrayList<String>();
        var cross = new ArrayList<String>();
        var indirect = new ArrayList<String>();
        for (var i = 0; i < bars; i++) {
            var one = BigDecimal.valueOf(1 + random.nextLong(1_000_000_000_000L), 8);
            var other = BigDecimal.valueOf(10_000 + random.nextLong(100_000_000_000L), 8);
            var apart = BigDecimal.valueOf(970_000 + random.nextInt(60_000), 6);
            direct.add(Amount.of(one).toString());
            cross.add(Amount.of(other).toString());
            indirect.add(Amount.of(one.multiply(other).multiply(apart))
                    .max(Amount.of("0.00000001"))
                    .toString());
        }
        return new InMemoryMarket(Map.of("BTC/USD", bars(direct), "SIM/BTC", bars(cross), "SIM/USD", bars(indirect)));
    }

    private static List<Bar> bars(List<String> prices) {
        return IntStream.range(0, prices.size())
                .mapToObj(i -> bar(i, prices.get(i), BEGIN.plusSeconds(60L * (i + 1))))
                .toList();
    }

    private static Bar bar(long number, String price, Instant at) {
        var amount = Amount.of(price);
        return new Bar(number, at, amount, amount, amount, amount, Amount.ZERO);
    }
}
