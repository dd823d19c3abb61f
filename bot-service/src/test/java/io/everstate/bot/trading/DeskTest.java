package io.everstate.bot.trading;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.Side;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies and limits by example, and what holds of any. */
@Tag("PT14")
class DeskTest {
    private static final String BTC = "BTC/USD";
    private static final RiskLimits HOURLY = new RiskLimits(null, 2, null);

    @Test
    void averagesItsCostBarByBarAndTakesItsProfit() {
        var run = run("dca", Map.of("every", 2, "amount", 1_000), RiskLimits.NONE, "100", "90", "80", "70", "60", "50");
        var profit = new PaperRun(
                configuration("dca", Map.of("every", 2, "amount", 1_000, "takeProfit", 1), RiskLimits.NONE),
                InMemoryMarket.of(
                        BTC, Series.closes("100", "150", "199", "300", "299").toList()));

        assertThat(run.fills()).extracting(fill -> fill.feedPosition()).containsExactly(0L, 2L, 4L);
        assertThat(run.symbol(BTC).balance().value())
                .isBetween(Amount.of(7_000).value(), Amount.of("7000.001").value());
        assertThat(profit.until(5).fills())
                .extracting(fill -> fill.side())
                .containsExactly(Side.BUY, Side.BUY, Side.SELL, Side.BUY);
        assertThat(profit.symbol(BTC).trades()).isEqualTo(4);
    }

    @Test
    void holdsALotForEachStepThatThePriceHasFallen() {
        var grid = Map.of("lower", 100, "upper", 200, "levels", 10, "amount", 500);

        var run =
                run("grid", grid, RiskLimits.NONE, "205", "190", "189", "171", "165", "181", "150", "95", "99", "201");

        assertThat(run.fills())
                .extracting(fill -> fill.side() + " at " + fill.feedPosition())
                .containsExactly("BUY at 1", "BUY at 3", "BUY at 4", "SELL at 5", "BUY at 6", "BUY at 7", "SELL at 9");
        assertThat(run.symbol(BTC).position().isZero()).isTrue();
    }

    @Test
    void buysNoLotThatTheBalanceDoesNotPay() {
        var grid = Map.of("lower", 100, "upper", 200, "levels", 10, "amount", 3_000);

        var run = run("grid", grid, RiskLimits.NONE, "101", "101", "99", "99");

        assertThat(run.fills()).hasSize(1);
        assertThat(run.symbol(BTC).balance()).isGreaterThan(Amount.of(900));
    }

    @Test
    void sellsAndBuysNoMoreAtAStopLoss() {
        var run = run(
                "dca",
                Map.of("every", 1, "amount", 5_000),
                new RiskLimits(Amount.of("0.1"), null, null),
                "100",
                "100",
                "95",
                "89",
                "89",
                "50",
                "100");

        var reached = (LimitReached) run.events().getLast();
        assertThat(run.events()).hasSize(3);
        assertThat(reached.limit()).isEqualTo(Limit.STOP_LOSS);
        assertThat(reached.measured()).isBetween(Amount.of("0.1"), Amount.of("0.12"));
        assertThat(requireNonNull(reached.fill()).feedPosition()).isEqualTo(3);
        assertThat(run.symbol(BTC).maxLossReached()).isTrue();
        assertThat(run.symbol(BTC).position().isZero()).isTrue();
    }

    @Test
    void endsBuyingAtAStopLossAlsoWhenNothingCanBeSold() {
        var run = new PaperRun(
                PaperRun.configuration("dca", Map.of(), List.of(BTC)),
                InMemoryMarket.of(BTC, Series.closes("100").toList()));
        var guard = new RiskGuard(
                new RiskLimits(Amount.of("0.1"), null, null), new PaperExchange(Amount.ZERO, Amount.ZERO));
        var fallen = run.symbol(BTC).withHighest(Amount.of(20_000));

        var command = guard.stopLoss(BTC, fallen, Series.bar(0, Amount.of(100))).orElseThrow();

        assertThat(command.event(null))
                .isEqualTo(new LimitReached(Limit.STOP_LOSS, BTC, Amount.of("0.5"), Amount.of("0.1"), null));
    }

    @Test
    void buysNoMoreThanItMayInAnHourAndSaysSoOnce() {
        var prices = new String[70];
        Arrays.fill(prices, "100");

        var run = run("dca", Map.of("every", 10, "amount", 100), HOURLY, prices);

        assertThat(run.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("TradeExecuted", "TradeExecuted", "LimitReached", "TradeExecuted");
        assertThat(run.fills()).extracting(fill -> fill.feedPosition()).containsExactly(0L, 10L, 60L);
        assertThat(((LimitReached) run.events().get(2)).measured()).isEqualTo(Amount.of(2));
    }

    @Test
    void sellsHoweverOftenItHasTraded() {
        var run = run(
                "dca", Map.of("every", 1, "amount", 100, "takeProfit", 1), HOURLY, "100", "100", "100", "300", "300");

        assertThat(run.fills()).extracting(fill -> fill.side()).containsExactly(Side.BUY, Side.BUY, Side.SELL);
    }

    @Test
    void cutsAPurchaseToTheLargestPositionOnceAndThenWaits() {
        var run = run(
                "dca",
                Map.of("every", 1, "amount", 400),
                new RiskLimits(null, null, Amount.of(1_000)),
                "100",
                "100",
                "100",
                "100",
                "60",
                "40",
                "40");

        assertThat(run.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("TradeExecuted", "TradeExecuted", "LimitReached", "TradeExecuted", "LimitReached");
        assertThat(run.fills()).extracting(fill -> fill.feedPosition()).containsExactly(0L, 1L, 2L, 4L, 5L);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** After each purchase, at its price; in between the price decides. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverBuysBeyondItsLimits(long seed) {
        var random = new Random(seed);
        var bars = Series.randomWalk(random, 400);
        var limits = new RiskLimits(Amount.of("0.05"), 1 + random.nextInt(20), Amount.of(500 + random.nextInt(3_000)));
        var run = new PaperRun(
                configuration("dca", Map.of("every", 1 + random.nextInt(5), "amount", 1 + random.nextInt(900)), limits),
                InMemoryMarket.of(BTC, bars));

        for (var bar : bars) {
            var known = run.events().size();
            var tradesBefore = run.symbol(BTC).tradesWithinHour(bar.at());
            run.until(bar.number() + 1);
            run.events().subList(known, run.events().size()).forEach(event -> check(event, run, tradesBefore, limits));
        }
    }

    private static void check(BotEvent event, PaperRun run, int tradesBefore, RiskLimits limits) {
        var buys =
                event.fills().stream().filter(fill -> fill.side() == Side.BUY).toList();
        buys.forEach(fill -> {
            var value = run.symbol(BTC).position().times(fill.price());
            assertThat(value).isLessThanOrEqualTo(requireNonNull(limits.maxPosition()));
            assertThat(tradesBefore).isLessThan(requireNonNull(limits.maxTradesPerHour()));
            assertThat(run.symbol(BTC).maxLossReached()).isFalse();
        });
    }

    /** At most one announcement between two trades, however long the limit holds. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void announcesALimitOnceBetweenTwoTrades(long seed) {
        var random = new Random(seed);
        var limits = new RiskLimits(null, 3, Amount.of(700));
        var run = new PaperRun(
                configuration("dca", Map.of("every", 1, "amount", 300), limits),
                InMemoryMarket.of(BTC, Series.randomWalk(random, 400)));

        var events = run.until(400).events();

        var silent = 0;
        for (var event : events) {
            silent = event.fills().isEmpty() ? silent + 1 : 0;
            assertThat(silent).isLessThanOrEqualTo(2);
        }
        assertThat(events)
                .hasAtLeastOneElementOfType(TradeExecuted.class)
                .hasAtLeastOneElementOfType(LimitReached.class);
    }

    private static PaperRun run(String strategy, Map<String, Integer> parameters, RiskLimits limits, String... prices) {
        List<Bar> bars = Series.closes(prices).toList();
        return new PaperRun(configuration(strategy, parameters, limits), InMemoryMarket.of(BTC, bars))
                .until(bars.size());
    }

    private static BotConfiguration configuration(String strategy, Map<String, Integer> parameters, RiskLimits limits) {
        var amounts = new HashMap<String, Amount>();
        parameters.forEach((name, value) -> amounts.put(name, Amount.of(value)));
        var plain = PaperRun.configuration(strategy, amounts, List.of(BTC));
        return new BotConfiguration(
                plain.name(),
                strategy,
                plain.symbols(),
                plain.initialBalance(),
                plain.feeRate(),
                amounts,
                plain.restartPolicy(),
                null,
                Map.of(),
                List.of(),
                plain.slippageRate(),
                limits);
    }
}
