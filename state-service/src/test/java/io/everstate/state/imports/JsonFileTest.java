package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.InvalidException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SF13")
class JsonFileTest {
    private static void refused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> JsonFile.of(bytes))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "[1] | must be a JSON object",
                "{\"a\":1} {} | has more behind its end",
                "{\"a\":1 | in line 1, column",
                "{\"a\":1,\"a\":2} | Duplicate field 'a'",
                "{\"a\":NaN} | in line 1, column 9",
                "{\"a\":Infinity} | in line 1, column",
                "{\"a\":01} | in line 1, column",
                "{'a':1} | in line 1, column"
            })
    void whatIsNoWholeFileIsRefusedWithItsPlace(String text, String sentence) {
        refused(text.getBytes(StandardCharsets.UTF_8), sentence);
    }

    @Test
    void saysTheLine() {
        refused("{\n\"a\": 1,\n\"b\": NaN\n}".getBytes(StandardCharsets.UTF_8), "in line 3");
    }

    @Test
    void otherEncodingsAreRefused() {
        refused("\uFEFF{}".getBytes(StandardCharsets.UTF_8), "byte order mark");
        refused("{}".getBytes(StandardCharsets.UTF_16), "is not UTF-8");
        refused(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}, "is not UTF-8");
    }

    @Test
    void whatWouldCostTimeOrMemoryIsRefused() {
        refused(
                ("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8),
                "content");
        refused(("{\"a\":" + "9".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8), "content");
    }

    @Test
    void numbersKeepAllDigits() {
        var file = Files.file("{\"a\": 0.10000000000000000000000001, \"b\": 1.50}");

        assertThat(file.root().get("a").decimalValue()).isEqualTo(new BigDecimal("0.10000000000000000000000001"));
        assertThat(file.root().get("b").decimalValue()).isEqualTo(new BigDecimal("1.50"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDamagedFileIsReadOrRefusedAndNothingElse(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            var bytes = Files.PAPER.getBytes(StandardCharsets.UTF_8);
            for (int damage = 0; damage <= run % 3; damage++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                var text = new String(bytes, StandardCharsets.UTF_8);
                JsonFile.of(bytes);
                new PaperTrader(Files.origin(text)).read();
            } catch (InvalidException e) {
                assertThat(e.violations()).isNotEmpty();
            }
        }
    }
}
