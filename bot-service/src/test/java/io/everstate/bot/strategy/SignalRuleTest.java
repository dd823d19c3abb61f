package io.everstate.bot.strategy;

import static io.everstate.bot.strategy.Signal.BUY;
import static io.everstate.bot.strategy.Signal.HOLD;
import static io.everstate.bot.strategy.Signal.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.Series;
import io.everstate.bot.trading.MarketWindows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by example, and on the whole tape against their definitions in exact arithmetic. */
class SignalRuleTest {
    private static final List<Bar> TAPE = Series.tape();

    @Test
    void buysWhenTheFastAverageCrossesAboveAndSellsWhenItCrossesBelow() {
        var bars = Series.closes("10", "10", "11", "12", "12", "11.99", "11", "11", "11.01");

        assertThat(decisions(new MovingAverageCross(1, 2), bars.toList()))
                .containsExactly(BUY, HOLD, HOLD, SELL, HOLD, HOLD, BUY);
    }

    @Test
    void buysWhenOversoldAndSellsWhenOverbought() {
        var bars = Series.closes("10", "11", "12", "11", "10", "10", "10", "11", "10");

        assertThat(decisions(new RelativeStrengthReversion(2, 30, 70), bars.toList()))
                .containsExactly(SELL, HOLD, BUY, BUY, HOLD, SELL, HOLD);
    }

    @Test
    void buysBelowTheLowerBandAndSellsAboveTheUpperOne() {
        var bars = Series.closes("10", "10", "10", "10", "9", "10", "10", "10", "10", "11");

        assertThat(decisions(new BollingerReversion(5, 1.9), bars.toList()))
                .containsExactly(BUY, HOLD, HOLD, HOLD, HOLD, SELL);
    }

    @ParameterizedTest(name = "fast {0}, slow {1}")
    @CsvSource({"3, 8", "5, 20", "10, 30", "1, 2", "7, 200"})
    void crossesWhereExactAveragesDo(int fast, int slow) {
        agrees(new MovingAverageCross(fast, slow), closes -> {
            var end = closes.size() - 1;
            var before = difference(closes.subList(0, end), fast, slow);
            var now = difference(closes.subList(1, end + 1), fast, slow);
            if (before <= 0 && now > 0) {
                return BUY;
            }
            return before >= 0 && now < 0 ? SELL : HOLD;
        });
    }

    @ParameterizedTest(name = "period {0}, {1} to {2}")
    @CsvSource({"5, 30, 70", "14, 30, 70", "14, 33, 67", "60, 45, 55"})
    void isOversoldAndOverboughtWhereTheExactIndexIs(int period, int oversold, int overbought) {
        agrees(new RelativeStrengthReversion(period, oversold, overbought), closes -> {
            var gains = changes(closes).filter(change -> change.signum() > 0).reduce(BigDecimal.ZERO, BigDecimal::add);
            var all = changes(closes).map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
            var hundredGains = gains.movePointRight(2);
            if (hundredGains.compareTo(all.multiply(BigDecimal.valueOf(oversold))) < 0) {
                return BUY;
            }
            return hundredGains.compareTo(all.multiply(BigDecimal.valueOf(overbought))) > 0 ? SELL : HOLD;
        });
    }

    @ParameterizedTest(name = "period {0}, {1} deviations")
    @CsvSource({"10, 1.5", "20, 2", "20, 2.5", "100, 3"})
    void leavesTheBandsWhereTheExactDistanceDoes(int period, BigDecimal deviations) {
        agrees(new BollingerReversion(period, deviations.doubleValue()), closes -> {
            var count = BigDecimal.valueOf(period);
            var sum = closes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            var squares = closes.stream().map(close -> close.pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
            var distance = closes.getLast().multiply(count).subtract(sum);
            var variance = squares.multiply(count).subtract(sum.pow(2));
            if (distance.pow(2).compareTo(deviations.pow(2).multiply(variance)) <= 0) {
                return HOLD;
            }
            return distance.signum() < 0 ? BUY : SELL;
        });
    }

    private static void agrees(SignalRule rule, Function<List<BigDecimal>, Signal> definition) {
        var decisions = decisions(rule, TAPE);
        for (var position = rule.bars() - 1; position < TAPE.size(); position++) {
            var closes = TAPE.subList(position - rule.bars() + 1, position + 1).stream()
                    .map(bar -> bar.close().value())
                    .toList();
            assertThat(decisions.get(position - rule.bars() + 1))
                    .as("bar %d", position)
                    .isEqualTo(definition.apply(closes));
        }
    }

    /** From the first bar on that it has enough of them. */
    private static List<Signal> decisions(SignalRule rule, List<Bar> bars) {
        var windows = new MarketWindows(InMemoryMarket.of("BTC/USD", bars));
        return IntStream.range(0, bars.size())
                .mapToObj(number -> windows.window("BTC/USD", number, rule.bars()))
                .flatMap(Optional::stream)
                .map(window -> window.answer(rule))
                .toList();
    }

    private static int difference(List<BigDecimal> closes, int fast, int slow) {
        return sum(closes, fast)
                .multiply(BigDecimal.valueOf(slow))
                .compareTo(sum(closes, slow).multiply(BigDecimal.valueOf(fast)));
    }

    private static BigDecimal sum(List<BigDecimal> closes, int newest) {
        return closes.subList(closes.size() - newest, closes.size()).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Stream<BigDecimal> changes(List<BigDecimal> closes) {
        return IntStream.range(1, closes.size()).mapToObj(i -> closes.get(i).subtract(closes.get(i - 1)));
    }
}
