package io.everstate.bot.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.SymbolState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperExchangeTest {
    private static final String SYMBOL = "BTC/USD";
    private static final BigDecimal UNIT = new BigDecimal("0.00000001");

    private final PaperExchange exchange = new PaperExchange();

    @Test
    void buysWithTheWholeBalanceAtTheClose() {
        var bar = Series.bar(7, Amount.of(800));

        var fill = exchange.fill(SYMBOL, holding("1000", "0"), Signal.BUY, bar, Amount.of("0.001"));

        assertThat(fill)
                .contains(new Fill(
                        SYMBOL, Side.BUY, Amount.of("1.24875124"), Amount.of(800), Amount.of("0.999001"), bar.at(), 7));
    }

    @Test
    void sellsTheWholePositionAtTheClose() {
        var bar = Series.bar(7, Amount.of("800.01"));

        var fill = exchange.fill(SYMBOL, holding("0.5", "1.23456789"), Signal.SELL, bar, Amount.of("0.001"));

        assertThat(fill)
                .contains(new Fill(
                        SYMBOL,
                        Side.SELL,
                        Amount.of("1.23456789"),
                        Amount.of("800.01"),
                        Amount.of("0.98766666"),
                        bar.at(),
                        7));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void spendsNoMoreThanTheBalanceAndLeavesLessThanTheSmallestQuantityCosts(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var balance = amount(random, 14);
            var price = amount(random, 14);
            var rate = random.nextInt(4) == 0
                    ? Amount.ZERO
                    : Amount.of(BigDecimal.valueOf(random.nextLong(1 + 100_000_000L), 8));
            var state = holding(balance.toString(), "0");

            var bought = exchange.fill(SYMBOL, state, Signal.BUY, Series.bar(0, price), rate);

            var left = bought.map(fill -> balance.minus(fill.notional()).minus(fill.fee()))
                    .orElse(balance);
            var step = price.value().multiply(BigDecimal.ONE.add(rate.value()));
            var rounding = UNIT.multiply(BigDecimal.valueOf(4));
            assertThat(left.value())
                    .as("balance %s, price %s, rate %s, fill %s", balance, price, rate, bought)
                    .isNotNegative()
                    .isLessThanOrEqualTo(step.multiply(UNIT).add(rounding));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void neverTakesAFeeBelowTheRateNorAUnitAboveIt(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var rate = Amount.of(BigDecimal.valueOf(random.nextLong(10_000_000L), 8));
            var state = holding("0", amount(random, 12).toString());

            var sold = exchange.fill(SYMBOL, state, Signal.SELL, Series.bar(0, amount(random, 12)), rate);

            sold.ifPresent(fill -> {
                var exact = fill.notional().value().multiply(rate.value());
                assertThat(fill.fee().value().subtract(exact)).isNotNegative().isLessThan(UNIT);
                assertThat(fill.notional()).isGreaterThanOrEqualTo(fill.fee());
            });
        }
    }

    @ParameterizedTest(name = "balance {0}, position {1}, {2} at {3}")
    @CsvSource({
        "1000, 0, HOLD, 800",
        "1000, 0, SELL, 800",
        "1000, 0.1, BUY, 800",
        "0, 0, BUY, 800",
        "0.00000799, 0, BUY, 800",
        "0.00000001, 0, BUY, 0.5",
        "0, 0.00000001, SELL, 0.4",
        "1000, 0, BUY, 0",
        "1000, 1, SELL, 0"
    })
    void doesNothingWhenThereIsNothingToDo(String balance, String position, Signal signal, String price) {
        var bar = Series.bar(0, Amount.of(price));

        assertThat(exchange.fill(SYMBOL, holding(balance, position), signal, bar, Amount.of("0.001")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void givesTheSameFillTwice(Signal signal) {
        var bar = Series.bar(3, Amount.of("812.34"));
        var state = holding("1000", "0");

        assertThat(exchange.fill(SYMBOL, state, signal, bar, Amount.of("0.001")))
                .isEqualTo(exchange.fill(SYMBOL, state, signal, bar, Amount.of("0.001")));
    }

    /** From one unit of the 8th place up, every magnitude alike. */
    private static Amount amount(Random random, int digits) {
        var magnitude = BigDecimal.TEN.pow(random.nextInt(1, digits + 1)).longValueExact();
        return Amount.of(BigDecimal.valueOf(random.nextLong(1, magnitude + 1), 8));
    }

    private static SymbolState holding(String balance, String position) {
        var zero = Amount.ZERO;
        return new SymbolState(
                Amount.of(balance), Amount.of(position), zero, zero, zero, zero, 0, null, List.of(), false, zero, -1);
    }
}
