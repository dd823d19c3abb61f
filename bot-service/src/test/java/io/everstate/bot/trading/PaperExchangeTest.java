package io.everstate.bot.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperExchangeTest {
    private static final String SYMBOL = "BTC/USD";
    private static final BigDecimal UNIT = new BigDecimal("0.00000001");

    private final PaperExchange exchange = new PaperExchange(Amount.of("0.001"), Amount.ZERO);

    @Test
    void buysForTheMoneyAtTheClose() {
        var bar = Series.bar(7, Amount.of(800));

        assertThat(exchange.bought(SYMBOL, Amount.of(1_000), bar))
                .contains(new Fill(
                        SYMBOL, Side.BUY, Amount.of("1.24875124"), Amount.of(800), Amount.of("0.999001"), bar.at(), 7));
    }

    @Test
    void sellsTheQuantityAtTheClose() {
        var bar = Series.bar(7, Amount.of("800.01"));

        assertThat(exchange.sold(SYMBOL, Amount.of("1.23456789"), bar))
                .contains(new Fill(
                        SYMBOL,
                        Side.SELL,
                        Amount.of("1.23456789"),
                        Amount.of("800.01"),
                        Amount.of("0.98766666"),
                        bar.at(),
                        7));
    }

    @Test
    void slippageMakesBuyingDearerAndSellingCheaper() {
        var slipping = new PaperExchange(Amount.ZERO, Amount.of("0.0005"));
        var bar = Series.bar(7, Amount.of("800.00000001"));

        var bought = slipping.bought(SYMBOL, Amount.of(1_000), bar).orElseThrow();
        var sold = slipping.sold(SYMBOL, Amount.of(1), bar).orElseThrow();

        assertThat(bought.price()).isEqualTo(Amount.of("800.40000002"));
        assertThat(sold.price()).isEqualTo(Amount.of("799.6"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void spendsNoMoreThanTheMoneyAndLeavesLessThanTheSmallestQuantityCosts(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var money = amount(random, 14);
            var bar = Series.bar(0, amount(random, 14));
            var terms = new PaperExchange(rate(random), rate(random));

            var bought = terms.bought(SYMBOL, money, bar);

            var left = bought.map(fill -> money.minus(fill.notional()).minus(fill.fee()))
                    .orElse(money);
            var step = terms.buyingPrice(bar)
                    .value()
                    .multiply(BigDecimal.ONE.add(terms.feeRate().value()));
            var rounding = UNIT.multiply(BigDecimal.valueOf(4));
            assertThat(left.value())
                    .as("money %s, bar %s, %s, fill %s", money, bar, terms, bought)
                    .isNotNegative()
                    .isLessThanOrEqualTo(step.multiply(UNIT).add(rounding));
        }
    }

    /** Value at the close before and after a trade differs by its fee and its slippage, to the half unit that a notional is rounded by. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void losesFeeAndSlippageAndNothingElse(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var bar = Series.bar(0, amount(random, 12));
            var terms = new PaperExchange(rate(random), rate(random));
            var fill = random.nextBoolean()
                    ? terms.bought(SYMBOL, amount(random, 12), bar)
                    : terms.sold(SYMBOL, amount(random, 12), bar);
            fill.ifPresent(made -> {
                var bought = made.side() == Side.BUY;
                var close = bar.close().value();
                var notional = made.notional().value();
                var cash = (bought ? notional.negate() : notional)
                        .subtract(made.fee().value());
                var held = bought
                        ? made.quantity().value()
                        : made.quantity().value().negate();
                var slipped = made.price().value().subtract(close).multiply(held);
                var lost = cash.add(held.multiply(close)).negate();

                assertThat(slipped).isNotNegative();
                assertThat(lost.subtract(made.fee().value()).subtract(slipped).abs())
                        .isLessThanOrEqualTo(UNIT.divide(BigDecimal.TWO));
            });
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void neverTakesAFeeBelowTheRateNorAUnitAboveIt(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var terms = new PaperExchange(rate(random), Amount.ZERO);

            var sold = terms.sold(SYMBOL, amount(random, 12), Series.bar(0, amount(random, 12)));

            sold.ifPresent(fill -> {
                var exact = fill.notional().value().multiply(terms.feeRate().value());
                assertThat(fill.fee().value().subtract(exact)).isNotNegative().isLessThan(UNIT);
                assertThat(fill.notional()).isGreaterThanOrEqualTo(fill.fee());
            });
        }
    }

    @ParameterizedTest(name = "{0} for {1} at {2}")
    @CsvSource({
        "BUY, 0, 800",
        "BUY, 0.00000799, 800",
        "BUY, 0.00000001, 0.5",
        "SELL, 0, 800",
        "SELL, 0.00000001, 0.4",
        "BUY, 1000, 0",
        "SELL, 1, 0"
    })
    void doesNothingWhenThereIsNothingToDo(Side side, String amount, String price) {
        var bar = Series.bar(0, Amount.of(price));
        var fill = side == Side.BUY
                ? exchange.bought(SYMBOL, Amount.of(amount), bar)
                : exchange.sold(SYMBOL, Amount.of(amount), bar);

        assertThat(fill).isEmpty();
    }

    @Test
    void doesNothingAtAPriceThatNoRecordCouldKeep() {
        var bar = Series.bar(0, Amount.of("9999999999999999999999"));
        var dearer = new PaperExchange(Amount.ZERO, Amount.of("0.1"));

        assertThat(dearer.bought(SYMBOL, Amount.of("9999999999999999999999"), bar))
                .isEmpty();
        assertThat(dearer.sold(SYMBOL, Amount.of("9999999999999999999999"), bar))
                .isEmpty();
    }

    private static Amount rate(Random random) {
        return random.nextInt(4) == 0
                ? Amount.ZERO
                : Amount.of(BigDecimal.valueOf(random.nextLong(1 + 10_000_000L), 8));
    }

    /** From one unit of the 8th place up, every magnitude alike. */
    private static Amount amount(Random random, int digits) {
        var magnitude = BigDecimal.TEN.pow(random.nextInt(1, digits + 1)).longValueExact();
        return Amount.of(BigDecimal.valueOf(random.nextLong(1, magnitude + 1), 8));
    }
}
