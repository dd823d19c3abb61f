package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedCrossTest {
    private static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), false);
    private static final SimulatedCross CROSS = new SimulatedCross(TAPE, TapeFeed.SYMBOL);
    private static final BigDecimal THREE_FEES = new BigDecimal("0.003");

    /** A bot's place is a number: another price at it would be another history. */
    @ParameterizedTest(name = "{0} bar {1}")
    @CsvSource({
        "SIM/BTC, 0, 0.00973809",
        "SIM/BTC, 5000, 0.00992095",
        "SIM/USD, 0, 7.82543278",
        "SIM/USD, 5000, 9.82216283"
    })
    void hasTheSamePricesForEver(String symbol, long number, String close) {
        assertThat(bar(symbol, number).close()).isEqualTo(Amount.of(close));
        assertThat(bar(symbol, number))
                .isEqualTo(new SimulatedCross(TAPE, TapeFeed.SYMBOL)
                        .bar(symbol, number)
                        .orElseThrow());
    }

    @Test
    void goesWithTheTape() {
        var end = TAPE.length();

        all().forEach(number -> {
            var direct = TAPE.bar(TapeFeed.SYMBOL, number).orElseThrow();
            Stream.of("SIM/BTC", "SIM/USD").map(symbol -> bar(symbol, number)).forEach(bar -> {
                assertThat(bar.at()).isEqualTo(direct.at());
                assertThat(bar.number()).isEqualTo(number);
                assertThat(bar.low()).isGreaterThan(Amount.ZERO).isLessThanOrEqualTo(bar.open());
                assertThat(bar.high()).isGreaterThanOrEqualTo(bar.close());
            });
        });
        assertThat(CROSS.bar("SIM/BTC", end)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CROSS.bar("SIM/BTC", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> CROSS.bar("BTC/USD", 0));
    }

    @Test
    void opensWhereTheBarBeforeClosed() {
        all().skip(1)
                .forEach(number -> assertThat(bar("SIM/USD", number).open())
                        .isEqualTo(bar("SIM/USD", number - 1).close()));
    }

    @Test
    void comesBackToItsMiddle() {
        var closes =
                all().mapToObj(number -> bar("SIM/BTC", number).close().value()).toList();
        var average = closes.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(closes.size()), 8, RoundingMode.HALF_EVEN);

        assertThat(closes)
                .allSatisfy(close -> assertThat(close).isBetween(new BigDecimal("0.00958"), new BigDecimal("0.01042")));
        assertThat(average).isBetween(new BigDecimal("0.0098"), new BigDecimal("0.0102"));
    }

    @Test
    void isApartByMoreThanThreeFeesNowAndThen() {
        var apart = all().filter(number -> gap(number).abs().compareTo(THREE_FEES) > 0)
                .count();

        assertThat(apart * 1_000 / TAPE.length()).isBetween(15L, 35L);
    }

    private static BigDecimal gap(long number) {
        var product = TAPE.bar(TapeFeed.SYMBOL, number)
                .orElseThrow()
                .close()
                .value()
                .multiply(bar("SIM/BTC", number).close().value());
        return bar("SIM/USD", number)
                .close()
                .value()
                .divide(product, 8, RoundingMode.HALF_EVEN)
                .subtract(BigDecimal.ONE);
    }

    private static LongStream all() {
        return LongStream.range(0, TAPE.length());
    }

    private static Bar bar(String symbol, long number) {
        return CROSS.bar(symbol, number).orElseThrow();
    }
}
