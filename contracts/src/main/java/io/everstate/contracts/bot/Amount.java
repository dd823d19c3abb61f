package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A decimal number with 8 places: money, a quantity, a price or a rate. Sums are exact; products and quotients are rounded half even to
 * the 8th place. In JSON a plain string without trailing zeros ({@code "0.00000001"}); whole numbers are read
 * too, fractions not: as JSON numbers they lose digits. What is read has at most 22
 * digits before the point; what is calculated may have more, and {@link #fits()} says whether it could be read again.
 */
public record Amount(BigDecimal value) implements Comparable<Amount> {
    public static final Amount ZERO = of(BigDecimal.ZERO);
    private static final int PLACES = 8;
    private static final int MAX_DIGITS = 30;
    private static final int MAX_TEXT = 64;
    /** With the places behind the point no more than a long holds. */
    private static final int PLAIN_WHOLE_DIGITS = 10;

    private static final int PLAIN_DIGITS = PLAIN_WHOLE_DIGITS + PLACES;
    private static final long NOT_PLAIN = Long.MIN_VALUE;
    private static final long ONE = 100_000_000;

    public Amount {
        if (value.scale() != PLACES) {
            throw new IllegalArgumentException("an amount has " + PLACES + " places, not " + value.scale());
        }
    }

    /**
     * Reads a decimal; refuses what is no number, has more than 8 places or more than 30 digits. Short texts of huge numbers and huge
     * texts are refused before they cost time or memory.
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Amount of(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is too long for an amount");
        }
        long digits = scaled(text);
        if (digits != NOT_PLAIN) {
            return new Amount(BigDecimal.valueOf(digits, PLACES));
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a decimal number", e);
        }
        if (tooLarge(value)
                || (value.signum() != 0 && value.stripTrailingZeros().scale() > PLACES)) {
            throw new IllegalArgumentException("\"" + text + "\" has too many digits for an amount");
        }
        return rounded(value);
    }

    /** A plain number of few digits, times 10^8: what nearly all amounts are. {@link #NOT_PLAIN} for any other text, whatever it means. */
    private static long scaled(String text) {
        boolean negative = !text.isEmpty() && text.charAt(0) == '-';
        int from = negative ? 1 : 0;
        int point = text.indexOf('.', from);
        int end = text.length();
        int wholeEnd = point < 0 ? end : point;
        int places = point < 0 ? 0 : end - point - 1;
        if (wholeEnd == from
                || wholeEnd - from > PLAIN_WHOLE_DIGITS
                || places > PLACES
                || (point >= 0 && places == 0)) {
            return NOT_PLAIN;
        }
        long number = 0;
        for (int i = from; i < end; i++) {
            char digit = text.charAt(i);
            if (digit >= '0' && digit <= '9') {
                number = number * 10 + digit - '0';
            } else if (i != point) {
                return NOT_PLAIN;
            }
        }
        for (int place = places; place < PLACES; place++) {
            number *= 10;
        }
        return negative ? -number : number;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Amount of(long whole) {
        return rounded(BigDecimal.valueOf(whole));
    }

    /** The nearest amount, half even; refuses more than 22 digits before the point. */
    public static Amount of(BigDecimal value) {
        if (tooLarge(value)) {
            throw new IllegalArgumentException("a number has too many digits for an amount");
        }
        return rounded(value);
    }

    /** Asks for the digits, never writes them out: 1e2147483647 is a short text, but two gigabytes of digits. */
    private static boolean tooLarge(BigDecimal value) {
        return value.signum() != 0 && digitsBeforePoint(value) > MAX_DIGITS - PLACES;
    }

    private static long digitsBeforePoint(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }

    private static Amount rounded(BigDecimal value) {
        var near = value.signum() == 0 || digitsBeforePoint(value) < -PLACES ? BigDecimal.ZERO : value;
        return new Amount(near.setScale(PLACES, RoundingMode.HALF_EVEN));
    }

    public Amount plus(Amount other) {
        return rounded(value.add(other.value));
    }

    public Amount minus(Amount other) {
        return rounded(value.subtract(other.value));
    }

    public Amount times(Amount other) {
        return rounded(value.multiply(other.value));
    }

    /** @throws ArithmeticException when the divisor is zero */
    public Amount dividedBy(Amount divisor) {
        return rounded(value.divide(divisor.value, PLACES, RoundingMode.HALF_EVEN));
    }

    /** Rounded down, for quantities that must be affordable. */
    public Amount dividedDownBy(Amount divisor) {
        return rounded(value.divide(divisor.value, PLACES, RoundingMode.DOWN));
    }

    public Amount max(Amount other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isPositive() {
        return value.signum() > 0;
    }

    public boolean isNegative() {
        return value.signum() < 0;
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    /** Whether its text can be read back: at most 22 digits before the point. */
    public boolean fits() {
        return !tooLarge(value);
    }

    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }

    /** As in JSON. */
    @Override
    @JsonValue
    public String toString() {
        if (value.signum() == 0) {
            return "0";
        }
        return value.precision() <= PLAIN_DIGITS
                ? text(value.unscaledValue().longValue())
                : value.stripTrailingZeros().toPlainString();
    }

    /** @param scaled times 10^8 */
    private static String text(long scaled) {
        long rest = Math.abs(scaled) % ONE;
        var text = new StringBuilder(PLAIN_DIGITS + 2);
        if (scaled < 0) {
            text.append('-');
        }
        text.append(Math.abs(scaled) / ONE);
        if (rest > 0) {
            text.append('.');
        }
        for (long place = ONE / 10; rest > 0; place /= 10) {
            text.append((char) ('0' + rest / place));
            rest %= place;
        }
        return text.toString();
    }
}
