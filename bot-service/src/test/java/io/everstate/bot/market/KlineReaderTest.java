package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.bot.market.KlineDefects.Defect;
import io.everstate.bot.market.KlineDefects.Kind;
import io.everstate.bot.market.KlineReader.Klines;
import io.everstate.contracts.bot.Amount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KlineReaderTest {
    private static final String WHOLE = """
            timestamp,open,high,low,close,volume
            2024-04-02T00:00:00Z,10,12.5,9.5,11,3.25
            2024-04-02T00:01:00Z,11,11,10.00000001,10.5,0
            2024-04-02T00:02:00Z,10.5,13,10.5,13,7
            """;

    @TempDir
    Path directory;

    @Test
    void readsBarsUnderTheirHeader() throws IOException {
        var klines = read(WHOLE);

        assertThat(klines.defects().none()).isTrue();
        assertThat(klines.barDuration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(klines.table().bars()).isEqualTo(3);
        assertThat(klines.table().bar(1))
                .isEqualTo(new Bar(
                        1,
                        Instant.parse("2024-04-02T00:02:00Z"),
                        Amount.of(11),
                        Amount.of(11),
                        Amount.of("10.00000001"),
                        Amount.of("10.5"),
                        Amount.ZERO));
    }

    @Test
    void readsGzipByItsFirstBytes() throws IOException {
        var file = directory.resolve("no-suffix");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(WHOLE.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(KlineReader.read(file).table().bar(2))
                .isEqualTo(read(WHOLE).table().bar(2));
    }

    @ParameterizedTest(name = "times times {0}, header {1}")
    @CsvSource({"'', false", "'', true", "000, false"})
    void readsBinancesDumps(String microseconds, boolean header) throws IOException {
        var dump = """
                1712016000000%1$s,10,12.5,9.5,11,3.25,1712016059999%1$s,35.1,17,1,11,0
                1712016060000%1$s,11,11,10.00000001,10.5,0,1712016119999%1$s,0,0,0,0,0
                1712016120000%1$s,10.5,13,10.5,13,7,1712016179999%1$s,80,3,2,25,0
                """.formatted(microseconds);
        var first = header
                ? "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
                : "";

        var klines = read(first + dump);

        assertThat(klines.defects().none()).isTrue();
        assertThat(klines.table().bars()).isEqualTo(3);
        assertThat(klines.table().bar(0)).isEqualTo(read(WHOLE).table().bar(0));
    }

    @Test
    void fillsAGapWithTheLastCloseAndSaysWhereItIs() throws IOException {
        var klines = read(WHOLE + "2024-04-02T00:06:00Z,14,14,14,14,1\n");

        assertThat(klines.defects().first())
                .containsExactly(new Defect(Kind.GAP, 5, 3, "3 bars are missing before 2024-04-02T00:06:00Z"));
        assertThat(klines.defects().missingBars()).isEqualTo(3);
        assertThat(klines.table().bars()).isEqualTo(7);
        for (var number = 3; number < 6; number++) {
            var bar = klines.table().bar(number);
            assertThat(bar.volume()).isEqualTo(Amount.ZERO);
            assertThat(bar.open()).isEqualTo(bar.close()).isEqualTo(bar.high()).isEqualTo(bar.low());
            assertThat(bar.close()).isEqualTo(Amount.of(13));
        }
        assertThat(klines.table().bar(6).close()).isEqualTo(Amount.of(14));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-04-02T00:03:00Z,1,2,3,1.5,1     | open or close is not between low and high",
                "2024-04-02T00:03:00Z,0,0,0,0,1       | a price is not above 0",
                "2024-04-02T00:03:00Z,1,1,1,1         | it has 5 columns, not 6",
                "2024-04-02T00:03:00Z,1,1,1,1,1,1     | it has more than 6 columns",
                "yesterday,1,1,1,1,1                  | \"yesterday\" is not a time",
                "1712016,1,1,1,1,1                    | \"1712016\" is not a time in milliseconds or microseconds since 1970",
                "2024-04-02T00:03:00Z,-1,1,1,1,1      | \"-1\" is not a decimal number with at most 8 places",
                "2024-04-02T00:03:00Z,1,1,1,1,NaN     | \"NaN\" is not a decimal number with at most 8 places",
                "2024-04-02T00:03:00Z,1,1,1,1,99999999999999 | long overflow",
                "<html>                               | it has 1 columns, not 6"
            })
    void leavesABrokenLineOutAndNamesIt(String line, String sentence) throws IOException {
        var klines = read(WHOLE + line + "\n");

        assertThat(klines.defects().first()).containsExactly(new Defect(Kind.BROKEN, 5, 1, sentence));
        assertThat(klines.table().bars()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2024-04-02T00:01:00Z", "2024-04-02T00:02:00Z"})
    void leavesALineOutThatIsNotBehindTheOneBefore(String time) throws IOException {
        var klines = read(WHOLE + time + ",1,1,1,1,1\n");

        assertThat(klines.defects().first())
                .containsExactly(new Defect(Kind.DISORDER, 5, 1, time + " is not behind 2024-04-02T00:02:00Z"));
        assertThat(klines.table().bar(1).close()).isEqualTo(Amount.of("10.5"));
    }

    @Test
    void leavesALineOutThatIsBetweenTwoBars() throws IOException {
        var klines = read(WHOLE + "2024-04-02T00:04:01Z,1,1,1,1,1\n2024-04-02T00:06:00Z,2,2,2,2,2\n");

        assertThat(klines.barDuration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(klines.defects().first())
                .extracting(Defect::kind, Defect::line)
                .containsExactly(tuple(Kind.DISORDER, 5L), tuple(Kind.GAP, 6L));
        assertThat(klines.table().bar(5).close()).isEqualTo(Amount.of(13));
    }

    /** Before, one line a second behind another made bars of a second, and four years of hours took all memory. */
    @Test
    void aLineAtAWrongTimeDoesNotDecideHowLongBarsLast() throws IOException {
        var klines = read(WHOLE + "2024-04-02T00:02:01Z,1,1,1,1,1\n");

        assertThat(klines.barDuration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(klines.table().bars()).isEqualTo(3);
        assertThat(klines.defects().count(Kind.DISORDER)).isEqualTo(1);
    }

    @Test
    void refusesATimeFarOffInsteadOfFillingMemory() {
        assertThatThrownBy(() -> read(WHOLE + "2099-04-02T00:02:00Z,1,1,1,1,1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 2024-04-02T00:00:00Z to 2099-04-02T00:02:00Z are")
                .hasMessageContaining("look at the times of the first and last lines");
    }

    @Test
    void showsTheFirstDefectsAndCountsAll() throws IOException {
        var broken = "what\n".repeat(500);

        var defects = read(WHOLE + broken).defects();

        assertThat(defects.first()).hasSize(20);
        assertThat(defects.count(Kind.BROKEN)).isEqualTo(500);
        assertThat(defects.report())
                .startsWith("0 gaps (0 bars are missing), 0 lines out of order, 500 broken lines\n  line 5: broken, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "time,price\n1,2\n", "{\"a\": 1}", "timestamp,open,high,low,close,volume\n", "1,2,3\n"})
    void refusesAFileWithoutBars(String text) throws IOException {
        var file = Files.writeString(directory.resolve("klines.csv"), text);

        assertThatThrownBy(() -> KlineReader.read(file)).isInstanceOf(IllegalArgumentException.class);
    }

    private Klines read(String text) throws IOException {
        return KlineReader.read(Files.writeString(directory.resolve("klines.csv"), text));
    }
}
