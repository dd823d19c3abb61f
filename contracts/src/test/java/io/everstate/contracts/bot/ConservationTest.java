package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.EverySeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No money appears or vanishes. With every figure as the state keeps it (8 places), N = quantity x price rounded half even, and H the
 * position held after a purchase:
 *
 * <ol>
 *   <li>balance = opening - sum of N bought + sum of N sold - sum of fees, exactly;
 *   <li>position = sum bought - sum sold, exactly; total fees = sum of fees, exactly;
 *   <li>balance + position x entry price - realised profit = opening, but for rounding: at most 10^-8 a sale (its N and its gain) and
 *       (H + 1)/2 x 10^-8 a purchase (the entry price is rounded and stands for H units). When the position is flat this says: realised
 *       profit = cash difference, within that bound.
 * </ol>
 */
class ConservationTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final BotId BOT = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11");
    private static final BigDecimal UNIT = new BigDecimal("0.00000001");
    private static final BigDecimal OPENING = new BigDecimal("1000000");

    @EverySeed
    void movesExactlyNotionalAndFee(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            var before = run.symbol();
            var fill = run.next();
            if (run.apply(fill)) {
                var notional = notional(fill);
                var change = fill.side() == Side.BUY ? notional.negate() : notional;
                assertThat(run.symbol().balance().value())
                        .isEqualByComparingTo(before.balance()
                                .value()
                                .add(change)
                                .subtract(fill.fee().value()));
                assertThat(run.symbol().trades()).isEqualTo(before.trades() + 1);
            }
        }
    }

    @EverySeed
    void keepsTheBooksOfAllFills(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
            assertThat(run.symbol().balance().value()).isEqualByComparingTo(run.cash);
            assertThat(run.symbol().position().value()).isEqualByComparingTo(run.held);
            assertThat(run.symbol().totalFees().value()).isEqualByComparingTo(run.fees);
        }
    }

    @EverySeed
    void realisesWhatCashAndPositionAtCostHaveGained(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
            assertThat(run.drift().abs()).isLessThanOrEqualTo(run.bound);
        }
    }

    @EverySeed
    void realisesTheCashDifferenceWhenThePositionIsFlat(long seed) {
        var run = new Run(seed);
        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
        }

        run.sellAll();

        var symbol = run.symbol();
        assertThat(symbol.position().isZero()).isTrue();
        assertThat(symbol.entryPrice().isZero()).isTrue();
        assertThat(symbol.realisedProfit().value()).isCloseTo(run.cash.subtract(OPENING), within(run.bound));
    }

    /** Else the statements could hold because every fill was refused. */
    @Test
    void tradesOftenInMostRuns() {
        var busy = LongStream.rangeClosed(1, 100).filter(seed -> {
            var run = new Run(seed);
            for (var i = 0; i < 300; i++) {
                run.apply(run.next());
            }
            return run.symbol().trades() > Portfolio.RECENT_TRADES;
        });

        assertThat(busy.count()).isGreaterThan(75);
    }

    /** The bound is not idle: without it the third statement is false. */
    @Test
    void needsTheRoomForRounding() {
        var exact = LongStream.rangeClosed(1, 100).filter(seed -> {
            var run = new Run(seed);
            for (var i = 0; i < 300; i++) {
                run.apply(run.next());
            }
            return run.drift().signum() == 0;
        });

        assertThat(exact.count()).isLessThan(50);
    }

    @EverySeed
    void neverOwesAndNeverSellsWhatItDoesNotHold(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            var fill = run.next();
            var covered = run.covers(fill);
            assertThat(run.apply(fill)).as("%s on %s", fill, run.symbol()).isEqualTo(covered);
            assertThat(run.symbol().balance().isNegative()).isFalse();
            assertThat(run.symbol().position().isNegative()).isFalse();
        }
    }

    /** Random fills hardly ever meet this: the fee of a sale takes more than the sale and the balance together. */
    @Test
    void refusesASaleWhoseFeeWouldMakeDebt() {
        var run = new Run(1);
        assertThat(run.apply(run.fill(Side.BUY, Amount.of(1), Amount.of(999_999), Amount.ZERO)))
                .isTrue();

        var refused = run.apply(run.fill(Side.SELL, Amount.of(1), Amount.of(5), Amount.of("6.00000001")));
        var accepted = run.apply(run.fill(Side.SELL, Amount.of(1), Amount.of(5), Amount.of(6)));

        assertThat(refused).isFalse();
        assertThat(accepted).isTrue();
        assertThat(run.symbol().balance().isZero()).isTrue();
    }

    @EverySeed
    void keepsTheNewestTradesInTheirOrder(long seed) {
        var run = new Run(seed);

        for (var i = 0; i < 300; i++) {
            run.apply(run.next());
        }

        var trades = run.state.portfolio().recentTrades();
        assertThat(trades)
                .hasSize((int) Math.min(Portfolio.RECENT_TRADES, run.symbol().trades()));
        assertThat(trades).extracting(Trade::sequence).isSorted().last().isEqualTo(run.state.sequence());
    }

    private static Offset<BigDecimal> within(BigDecimal bound) {
        return Offset.offset(bound);
    }

    private static BigDecimal notional(Fill fill) {
        return fill.quantity().value().multiply(fill.price().value()).setScale(8, RoundingMode.HALF_EVEN);
    }

    /** A bot, random fills, and its books kept with nothing but BigDecimal sums. */
    private static final class Run {
        private final Random random;
        private BotState state;
        private BigDecimal cash = OPENING;
        private BigDecimal held = BigDecimal.ZERO;
        private BigDecimal fees = BigDecimal.ZERO;
        private BigDecimal bound = BigDecimal.ZERO;

        Run(long seed) {
            random = new Random(seed);
            var configuration = new BotConfiguration(
                    "books",
                    "any",
                    List.of("BTC/USD"),
                    Amount.of(OPENING),
                    Amount.ZERO,
                    Map.of(),
                    RestartPolicy.RESUME,
                    null);
            var created = accepted(null, new BotCreated(BotKind.TRADING, configuration), 1);
            state = accepted(created, new BotStarted(), 2);
        }

        private static BotState accepted(@Nullable BotState before, BotEvent event, long sequence) {
            return ((Accepted) Transition.of(BOT, before, event, sequence, BEGIN, null)).state();
        }

        SymbolState symbol() {
            return requireNonNull(state.portfolio().symbols().get("BTC/USD"));
        }

        /** Sizes from dust to more than all that is there. */
        Fill next() {
            var quantity = new BigDecimal(new BigInteger(1 + random.nextInt(36), random).add(BigInteger.ONE), 8);
            var price = new BigDecimal(new BigInteger(1 + random.nextInt(42), random).add(BigInteger.ONE), 8);
            var fee = new BigDecimal(BigInteger.valueOf(random.nextInt(200_000_000)), 8);
            return fill(
                    random.nextBoolean() ? Side.BUY : Side.SELL, Amount.of(quantity), Amount.of(price), Amount.of(fee));
        }

        private Fill fill(Side side, Amount quantity, Amount price, Amount fee) {
            return new Fill(
                    "BTC/USD", side, quantity, price, fee, BEGIN.plusSeconds(state.sequence()), state.sequence());
        }

        boolean covers(Fill fill) {
            var change = fill.side() == Side.BUY ? notional(fill).negate() : notional(fill);
            var left = cash.add(change).subtract(fill.fee().value());
            return left.signum() >= 0
                    && (fill.side() == Side.BUY || fill.quantity().value().compareTo(held) <= 0);
        }

        void sellAll() {
            if (held.signum() > 0) {
                assertThat(apply(fill(Side.SELL, Amount.of(held), Amount.of(3), Amount.ZERO)))
                        .isTrue();
            }
        }

        /** Whether the fold accepted it. */
        boolean apply(Fill fill) {
            var at = BEGIN.plusSeconds(state.sequence());
            return switch (Transition.of(BOT, state, new TradeExecuted(fill), state.sequence() + 1, at, null)) {
                case Refused _ -> false;
                case Accepted(var next) -> {
                    state = next;
                    book(fill);
                    yield true;
                }
            };
        }

        private void book(Fill fill) {
            var bought = fill.side() == Side.BUY;
            cash = (bought ? cash.subtract(notional(fill)) : cash.add(notional(fill)))
                    .subtract(fill.fee().value());
            held = bought
                    ? held.add(fill.quantity().value())
                    : held.subtract(fill.quantity().value());
            fees = fees.add(fill.fee().value());
            var room = bought ? held.add(BigDecimal.ONE).divide(BigDecimal.TWO) : BigDecimal.ONE;
            bound = bound.add(room.multiply(UNIT));
        }

        /** Unrounded: balance + position x entry price - realised profit - opening. */
        BigDecimal drift() {
            var symbol = symbol();
            var atCost = symbol.position().value().multiply(symbol.entryPrice().value());
            return symbol.balance()
                    .value()
                    .add(atCost)
                    .subtract(symbol.realisedProfit().value())
                    .subtract(OPENING);
        }
    }
}
