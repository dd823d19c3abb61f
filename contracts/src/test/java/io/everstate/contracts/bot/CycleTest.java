package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.EverySeed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Around a triangle no unit of any currency appears or vanishes. With sums of nothing but BigDecimal beside the fold:
 *
 * <ol>
 *   <li>the balances together, the position in X/Q and that in Y/Q are what was there before, plus what came in, minus what went out, to
 *       the last decimal;
 *   <li>balances + positions x entry prices - realised profits = initial balance, but for rounding: 2 x 10^-8 a cycle and (H + 1)/2 x 10^-8
 *       for each of the two positions H that it leaves.
 * </ol>
 */
class CycleTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BotId BOT = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");
    private static final BigDecimal UNIT = new BigDecimal("0.00000001");
    private static final String FIRST = "BTC/USD";
    private static final String MIDDLE = "SIM/BTC";
    private static final String LAST = "SIM/USD";

    @Test
    void buysTradesAndSellsInTheOrderOfTheTriangle() {
        var cycle = new Cycle(
                MIDDLE,
                List.of(
                        leg(FIRST, Side.BUY, "1", "1000", "1"),
                        leg(MIDDLE, Side.BUY, "9.98", "0.1", "0.000998"),
                        leg(LAST, Side.SELL, "9.98", "101", "1.00798")));

        var state = applied(running(), cycle);

        assertThat(cycle.cost()).isEqualTo(Amount.of(1_001));
        assertThat(cycle.proceeds()).isEqualTo(Amount.of("1006.97202"));
        assertThat(symbol(state, MIDDLE).balance()).isEqualTo(Amount.of("20005.97202"));
        assertThat(symbol(state, MIDDLE).totalFees()).isEqualTo(Amount.of("0.998"));
        assertThat(symbol(state, FIRST).position()).isEqualTo(Amount.of("0.001002"));
        assertThat(symbol(state, FIRST).entryPrice()).isEqualTo(Amount.of(1_000));
        assertThat(symbol(state, MIDDLE).realisedProfit()).isEqualTo(Amount.of("6.97402"));
        assertThat(state.portfolio().recentTrades()).extracting(Trade::leg).containsExactly(1, 2, 3);
        assertThat(state.portfolio().recentTrades())
                .extracting(Trade::realisedProfit)
                .containsExactly(Amount.ZERO, Amount.ZERO, Amount.of("6.97402"));
        assertThat(state.portfolio().trades()).isEqualTo(3);
    }

    @EverySeed
    void keepsEveryCurrencyToTheLastDecimal(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
            assertThat(run.balances()).isEqualByComparingTo(run.held("USD"));
            assertThat(symbol(run.state, FIRST).position().value()).isEqualByComparingTo(run.held("BTC"));
            assertThat(symbol(run.state, LAST).position().value()).isEqualByComparingTo(run.held("SIM"));
            assertThat(symbol(run.state, MIDDLE).position().isZero()).isTrue();
        }
    }

    @EverySeed
    void realisesWhatCashAndPositionsAtCostHaveGained(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
            assertThat(run.drift().abs()).isLessThanOrEqualTo(run.bound);
        }
    }

    @EverySeed
    void takesFeesOfAllLegsAtThePricesOfTheirCurrencies(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
        }

        var fees = run.state.portfolio().symbols().values().stream()
                .map(state -> state.totalFees().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(fees).isEqualByComparingTo(run.fees);
    }

    /** Else the statements could hold because every cycle was refused. */
    @Test
    void executesManyAndRefusesSome() {
        var runs = LongStream.rangeClosed(1, 100).mapToObj(Run::new).toList();
        for (var run : runs) {
            for (var i = 0; i < 300; i++) {
                run.apply(run.next());
            }
        }

        assertThat(runs)
                .allSatisfy(run -> assertThat(run.state.portfolio().trades()).isGreaterThan(100));
        assertThat(runs).anySatisfy(run -> assertThat(run.refusals).isPositive());
        assertThat(runs).anySatisfy(run -> assertThat(run.dustUsed).isPositive());
    }

    @Test
    void refusesWhatIsNotCovered() {
        var dear = cycle(FIRST, "21", "0.1", "0.002", "9");
        var missing = cycle(FIRST, "1", "0.1", "0.1", "10.1");
        var worthless = new Cycle(
                FIRST,
                List.of(
                        leg(FIRST, Side.BUY, "19.9", "1000", "0"),
                        leg(MIDDLE, Side.BUY, "1", "0.1", "0"),
                        leg(LAST, Side.SELL, "1", "1", "900")));

        assertThat(transition(running(), dear)).isEqualTo(new Refused(Refusal.INSUFFICIENT_BALANCE));
        assertThat(transition(running(), missing)).isEqualTo(new Refused(Refusal.INSUFFICIENT_POSITION));
        assertThat(transition(running(), worthless)).isEqualTo(new Refused(Refusal.INSUFFICIENT_BALANCE));
    }

    @Test
    void isAClosedTriangleOfOneMoment() {
        var buy = leg(FIRST, Side.BUY, "1", "1000", "1");
        var cross = leg(MIDDLE, Side.BUY, "9", "0.1", "0");
        var sell = leg(LAST, Side.SELL, "9", "101", "1");
        var later = new Fill(LAST, Side.SELL, Amount.of(9), Amount.of(101), Amount.ZERO, NOON.plusSeconds(60), 8);

        assertRefused(FIRST, List.of(buy, cross));
        assertRefused(FIRST, List.of(buy, sell, cross));
        assertRefused(FIRST, List.of(buy, leg(MIDDLE, Side.SELL, "1", "0.1", "0"), sell));
        assertRefused(FIRST, List.of(buy, cross, leg("SIM/EUR", Side.SELL, "9", "101", "1")));
        assertRefused(FIRST, List.of(buy, cross, later));
        assertRefused("ETH/USD", List.of(buy, cross, sell));
        assertRefused(FIRST, List.of(buy, leg("SIMBTC", Side.BUY, "9", "0.1", "0"), sell));
    }

    private static void assertRefused(String account, List<Fill> legs) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cycle(account, legs));
    }

    private static Cycle cycle(String account, String first, String price, String middleFee, String last) {
        return new Cycle(
                account,
                List.of(
                        leg(FIRST, Side.BUY, first, "1000", "1"),
                        leg(MIDDLE, Side.BUY, "9", price, middleFee),
                        leg(LAST, Side.SELL, last, "101", "1")));
    }

    private static Fill leg(String symbol, Side side, String quantity, String price, String fee) {
        return new Fill(symbol, side, Amount.of(quantity), Amount.of(price), Amount.of(fee), NOON, 7);
    }

    private static BotState running() {
        var configuration = new BotConfiguration(
                "triangle",
                "triangular-arbitrage",
                List.of(FIRST, MIDDLE, LAST),
                Amount.of(60_000),
                Amount.of("0.001"),
                Map.of(),
                RestartPolicy.RESUME,
                null);
        var created = accepted(null, new BotCreated(BotKind.TRADING, configuration));
        return accepted(created, new BotStarted());
    }

    private static BotState applied(BotState state, Cycle cycle) {
        return accepted(state, new CycleExecuted(cycle));
    }

    private static BotState accepted(@Nullable BotState state, BotEvent event) {
        return ((Accepted) transition(state, event)).state();
    }

    private static Transition transition(BotState state, Cycle cycle) {
        return transition(state, new CycleExecuted(cycle));
    }

    private static Transition transition(@Nullable BotState state, BotEvent event) {
        return Transition.of(BOT, state, event, state == null ? 1 : state.sequence() + 1, NOON, null);
    }

    private static SymbolState symbol(BotState state, String symbol) {
        return requireNonNull(state.portfolio().symbols().get(symbol));
    }

    /** A bot, random cycles both ways around, and its purses kept with nothing but BigDecimal sums. */
    private static final class Run {
        private final Random random;
        private final Map<String, BigDecimal> purses = new HashMap<>(Map.of("USD", BigDecimal.valueOf(60_000)));
        private BotState state = running();
        private BigDecimal fees = BigDecimal.ZERO;
        private BigDecimal bound = BigDecimal.ZERO;
        private int refusals;
        private int dustUsed;

        Run(long seed) {
            random = new Random(seed);
        }

        /** Leaves dust, or takes up a bit of what is there. */
        Cycle next() {
            var account = List.of(FIRST, MIDDLE, LAST).get(random.nextInt(3));
            var bought = amount(10_000_000, 500_000_000);
            var fee = amount(0, 300_000);
            if (random.nextBoolean()) {
                var spent = scaled(bought);
                return new Cycle(
                        account,
                        List.of(
                                leg(FIRST, Side.BUY, bought, amount(90_000_000_000L, 20_000_000_000L), fee),
                                leg(MIDDLE, Side.BUY, spent.times(Amount.of(10)), Amount.of("0.1"), amount(0, 30_000)),
                                leg(
                                        LAST,
                                        Side.SELL,
                                        scaled(spent.times(Amount.of(10))),
                                        amount(9_000_000_000L, 2_000_000_000L),
                                        fee)));
            }
            var sold = scaled(bought);
            return new Cycle(
                    account,
                    List.of(
                            leg(LAST, Side.BUY, bought, amount(9_000_000_000L, 2_000_000_000L), fee),
                            leg(MIDDLE, Side.SELL, sold, Amount.of("0.1"), amount(0, 30_000)),
                            leg(
                                    FIRST,
                                    Side.SELL,
                                    scaled(sold.times(Amount.of("0.1"))),
                                    amount(90_000_000_000L, 20_000_000_000L),
                                    fee)));
        }

        private static Fill leg(String symbol, Side side, Amount quantity, Amount price, Amount fee) {
            return new Fill(symbol, side, quantity, price, fee, NOON, 7);
        }

        private Amount amount(long least, long more) {
            return Amount.of(BigDecimal.valueOf(least + random.nextLong(more), 8));
        }

        /** From 90 % to 100.5 %. */
        private Amount scaled(Amount amount) {
            return Amount.of(amount.value().multiply(BigDecimal.valueOf(9_000 + random.nextInt(1_050), 4)));
        }

        void apply(Cycle cycle) {
            switch (transition(state, cycle)) {
                case Refused _ -> refusals++;
                case Accepted(var next) -> {
                    state = next;
                    cycle.legs().forEach(this::book);
                    dustUsed += cycle.leftOfFirst().isNegative()
                                    || cycle.leftOfLast().isNegative()
                            ? 1
                            : 0;
                    bound = bound.add(room(FIRST)).add(room(LAST)).add(UNIT.multiply(BigDecimal.TWO));
                }
            }
        }

        private BigDecimal room(String symbol) {
            var held = symbol(state, symbol).position().value();
            return held.add(BigDecimal.ONE).divide(BigDecimal.TWO).multiply(UNIT);
        }

        private void book(Fill leg) {
            var pair = CurrencyPair.of(leg.symbol());
            var bought = leg.side() == Side.BUY;
            var quantity = leg.quantity().value();
            var notional = leg.notional().value();
            add(pair.base(), bought ? quantity : quantity.negate());
            add(
                    pair.quote(),
                    (bought ? notional.negate() : notional).subtract(leg.fee().value()));
            var rate = pair.quote().equals("USD")
                    ? Amount.of(1)
                    : symbol(state, FIRST).currentPrice();
            fees = fees.add(leg.fee().times(rate).value());
        }

        private void add(String currency, BigDecimal amount) {
            purses.merge(currency, amount, BigDecimal::add);
        }

        BigDecimal held(String currency) {
            return purses.getOrDefault(currency, BigDecimal.ZERO);
        }

        BigDecimal balances() {
            return state.portfolio().symbols().values().stream()
                    .map(symbol -> symbol.balance().value())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /** Unrounded: balances + positions x entry prices - realised profits - initial balance. */
        BigDecimal drift() {
            return state.portfolio().symbols().values().stream()
                    .map(symbol -> symbol.balance()
                            .value()
                            .add(symbol.position()
                                    .value()
                                    .multiply(symbol.entryPrice().value()))
                            .subtract(symbol.realisedProfit().value()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .subtract(BigDecimal.valueOf(60_000));
        }
    }
}
