package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapeReaderTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsEveryAmountExactly(long seed) throws IOException {
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++) {
            var price = Amount.of(BigDecimal.valueOf(1 + random.nextLong(100_000_000_000_000L), 8));
            var quantity = Amount.of(BigDecimal.valueOf(random.nextLong(100_000_000_000L), 8));
            var places = random.nextBoolean() ? "" : quantity.toString().contains(".") ? "0000" : ".0";

            var bar = read("60," + price + "," + quantity + places).bar(0);

            assertThat(bar.close()).isEqualTo(price);
            assertThat(bar.volume()).isEqualTo(quantity);
        }
    }

    @Test
    void opensHighestLowestAndClosesInTheOrderOfTheTrades() throws IOException {
        var table = read("60,10,1\n61,12,2\n62,9,3\n119,11,4\n120,15,5");

        assertThat(table.bars()).isEqualTo(2);
        var bar = table.bar(0);
        assertThat(bar.open()).isEqualTo(Amount.of(10));
        assertThat(bar.high()).isEqualTo(Amount.of(12));
        assertThat(bar.low()).isEqualTo(Amount.of(9));
        assertThat(bar.close()).isEqualTo(Amount.of(11));
        assertThat(bar.volume()).isEqualTo(Amount.of(10));
        assertThat(table.bar(1).open()).isEqualTo(Amount.of(15));
    }

    @Test
    void fillsAGapThatIsLongerThanItsSpareRoom() throws IOException {
        var table = read("60,10,1\n600060,20,1");

        assertThat(table.bars()).isEqualTo(10_001);
        assertThat(table.bar(9_999).close()).isEqualTo(Amount.of(10));
        assertThat(table.bar(9_999).volume()).isEqualTo(Amount.ZERO);
        assertThat(table.bar(10_000).open()).isEqualTo(Amount.of(20));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    60,10         | "60,10" is not a time, a price and a quantity
                    60,-10,1      | "-10" is not a decimal number with at most 8 places
                    60,1e3,1      | "1e3" is not a decimal number with at most 8 places
                    60,1.2.3,1    | "1.2.3" is not a decimal number with at most 8 places
                    60,10,        | "" is not a decimal number with at most 8 places
                    60,10,.000000001 | ".000000001" is not a decimal number with at most 8 places
                    60,0,1        | the price is 0
                    60,99999999999999,1 | long overflow
                    0,10,1        | a trade is older than the one before it
                    """)
    void namesTheLineThatIsNoTrade(String line, String message) {
        assertThatThrownBy(() -> read("60,10,1\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3 of the tape: " + message);
    }

    @Test
    void refusesATapeWithoutTrades() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tape has no trades");
    }

    @Test
    void refusesAnotherFile() {
        assertThatThrownBy(() -> TapeReader.read(
                        new BufferedReader(new StringReader("a,b")), new BarAggregation(Duration.ofMinutes(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tape does not begin with the line \"timestamp,price,amount\"");
    }

    private static BarTable read(String lines) throws IOException {
        var reader = new BufferedReader(new StringReader("timestamp,price,amount\n" + lines));
        return TapeReader.read(reader, new BarAggregation(Duration.ofMinutes(1)));
    }
}
