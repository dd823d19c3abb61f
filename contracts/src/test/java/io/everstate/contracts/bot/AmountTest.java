package io.everstate.contracts.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    private static final String LARGEST = "9999999999999999999999.99999999";
    /** Writing the digits out takes minutes or all memory. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0e9, 0",
        "1.50000000, 1.5",
        "100, 100",
        "1e3, 1000",
        "1E-8, 0.00000001",
        "-0.10, -0.1",
        "+7, 7",
        LARGEST + ", " + LARGEST
    })
    void isWrittenPlainAndWithoutTrailingZeros(String text, String canonical) {
        assertThat(Amount.of(text)).hasToString(canonical);
    }

    @Test
    void isEqualHoweverItWasWritten() {
        assertThat(Amount.of("1.0")).isEqualTo(Amount.of(1)).hasSameHashCodeAs(Amount.of("10e-1"));
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "",
                " ",
                "NaN",
                "Infinity",
                "0x10",
                "1,5",
                " 1",
                "one",
                "0.000000001",
                "1.123456789",
                "1e400000000",
                "-1e400000000",
                "1e-400000000",
                "1e2147483647",
                "99e2147483646",
                "1e-2147483647",
                "1e99999999999",
                "1" + LARGEST,
                "1e22",
                "1".repeat(10_000_000));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void refusesNonsenseAtOnceAndInFewWords(String text) {
        assertTimeoutPreemptively(
                AT_ONCE,
                () -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> Amount.of(text))
                        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400000000", "-1e2147483647", "1e22"})
    void refusesDecimalsThatAreTooLargeAtOnce(String text) {
        var huge = new BigDecimal(text);

        assertTimeoutPreemptively(
                AT_ONCE, () -> assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(huge)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-400000000", "-1e-2147483647", "0e-2147483647", "0e2147483647", "1e-9"})
    void takesDecimalsTooSmallToSeeForZeroAtOnce(String text) {
        var tiny = new BigDecimal(text);

        assertTimeoutPreemptively(AT_ONCE, () -> assertThat(Amount.of(tiny)).isEqualTo(Amount.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000005, 0",
        "0.000000015, 0.00000002",
        "0.000000025, 0.00000002",
        "0.0000000251, 0.00000003",
        "-0.000000015, -0.00000002"
    })
    void roundsHalfEven(BigDecimal exact, String rounded) {
        assertThat(Amount.of(exact)).hasToString(rounded);
    }

    @EverySeed
    void addsAndSubtractsExactly(long seed) {
        var random = new Random(seed);
        var a = decimal(random);
        var b = decimal(random);

        assertThat(Amount.of(a).plus(Amount.of(b)).value()).isEqualByComparingTo(a.add(b));
        assertThat(Amount.of(a).minus(Amount.of(b)).value()).isEqualByComparingTo(a.subtract(b));
        assertThat(Amount.of(a).plus(Amount.of(b)).minus(Amount.of(b))).isEqualTo(Amount.of(a));
    }

    @EverySeed
    void multipliesAndDividesToTheNearestAmount(long seed) {
        var random = new Random(seed);
        var a = decimal(random);
        var b = decimal(random).add(BigDecimal.TEN.pow(20));

        assertThat(Amount.of(a).times(Amount.of(b)).value())
                .isEqualTo(a.multiply(b).setScale(8, RoundingMode.HALF_EVEN));
        assertThat(Amount.of(a).dividedBy(Amount.of(b)).value()).isEqualTo(a.divide(b, 8, RoundingMode.HALF_EVEN));
        assertThat(Amount.of(a).dividedDownBy(Amount.of(b)).value()).isEqualTo(a.divide(b, 8, RoundingMode.DOWN));
    }

    @EverySeed
    void isReadBackFromItsText(long seed) {
        var amount = Amount.of(decimal(new Random(seed)));

        assertThat(Amount.of(amount.toString())).isEqualTo(amount);
        assertThat(amount.toString()).doesNotContain("E", "e").doesNotMatch(".*\\.\\d*0");
    }

    @EverySeed
    void isOrderedAsItsValue(long seed) {
        var random = new Random(seed);
        var a = decimal(random);
        var b = decimal(random);

        assertThat(Amount.of(a).compareTo(Amount.of(b))).isEqualTo(a.compareTo(b));
        assertThat(Amount.of(a).max(Amount.of(b)).value()).isEqualByComparingTo(a.max(b));
        assertThat(Amount.of(a).isNegative()).isEqualTo(a.signum() < 0);
    }

    @Test
    void saysWhenAResultIsTooLargeToBeReadBack() {
        var largest = Amount.of(LARGEST);
        var step = Amount.of("0.00000001");

        assertThat(largest.fits()).isTrue();
        assertThat(largest.plus(step).fits()).isFalse();
        assertThat(Amount.ZERO.minus(largest).minus(step).fits()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.of(largest.plus(step).toString()));
    }

    @Test
    void isReadFromATextOrAWholeNumberAndFromNoFraction() {
        var json = new JacksonFormat();

        assertThat(json.read(text("\"1.5\""), Amount.class)).isEqualTo(Amount.of("1.5"));
        assertThat(json.read(text("15"), Amount.class)).isEqualTo(Amount.of(15));
        for (var fraction : List.of("1.5", "1.50000000", "1e-8", "1e2")) {
            assertThatThrownBy(() -> json.read(text(fraction), Amount.class))
                    .as(fraction)
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void doesNotDivideByZero() {
        assertThatThrownBy(() -> Amount.of(1).dividedBy(Amount.ZERO)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void hasNoOtherNumberOfPlaces() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Amount(BigDecimal.ONE));
    }

    /** Most amounts are calculated with as longs; the JDK must agree on all of them, also where a long ends, and on ties. */
    @EverySeed
    void calculatesAsTheJdkDoes(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var a = nearALong(random);
            var b = nearALong(random);
            var one = Amount.of(a);
            var other = Amount.of(b);

            assertThat(one.plus(other).value()).isEqualTo(a.add(b));
            assertThat(one.minus(other).value()).isEqualTo(a.subtract(b));
            assertThat(one.times(other).value())
                    .as("%s x %s", a, b)
                    .isEqualTo(a.multiply(b).setScale(8, RoundingMode.HALF_EVEN));
            assertThat(one.compareTo(other)).isEqualTo(a.compareTo(b));
            assertThat(one.equals(other)).isEqualTo(a.compareTo(b) == 0);
            assertThat(one.plus(other).minus(other)).isEqualTo(one).hasSameHashCodeAs(one);
            assertThat(Amount.of(one.toString())).isEqualTo(one);
        }
    }

    private static final long[] ENDS = {0, 1, 50_000_000, 100_000_000, 150_000_000, Long.MAX_VALUE, Long.MIN_VALUE};

    /** Of 1 to 66 bits, or close to a place where something changes. */
    private static BigDecimal nearALong(Random random) {
        if (random.nextInt(3) > 0) {
            var unscaled = new BigInteger(1 + random.nextInt(66), random);
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), 8);
        }
        var end = BigInteger.valueOf(ENDS[random.nextInt(ENDS.length)]);
        return new BigDecimal(end.add(BigInteger.valueOf(random.nextInt(5) - 2L)), 8);
    }

    private static BigDecimal decimal(Random random) {
        var unscaled = new BigInteger(1 + random.nextInt(96), random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), 8);
    }

    /** Plain numbers of few digits are read and written by themselves; the others by the JDK, which must agree on all of them. */
    @EverySeed
    void readsAndWritesPlainNumbersAsTheJdkDoes(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var digits = new StringBuilder();
            for (int length = 1 + random.nextInt(20); length > 0; length--) {
                digits.append("0123456789000.-+e".charAt(random.nextInt(random.nextInt(4) == 0 ? 17 : 10)));
            }
            var text = digits.toString();

            assertThat(plain(text)).as(text).isEqualTo(expected(text));
        }
    }

    private static String plain(String text) {
        try {
            return Amount.of(text).toString();
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    private static String expected(String text) {
        try {
            var value = new BigDecimal(text).stripTrailingZeros();
            var fits = value.signum() == 0 || (value.scale() <= 8 && (long) value.precision() - value.scale() <= 22);
            return value.signum() == 0 ? "0" : fits ? value.toPlainString() : "refused";
        } catch (NumberFormatException e) {
            return "refused";
        }
    }
}
