package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number with 8 places: money, a quantity, a price or a rate. Sums are exact; products and quotients are rounded half even to
 * the 8th place. In JSON a plain string without trailing zeros ({@code "0.00000001"}); whole numbers are read
 * too, fractions not: as JSON numbers they lose digits. What is read has at most 22
 * digits before the point; what is calculated may have more, and {@link #fits()} says whether it could be read again.
 *
 * <p>Kept as a number of the 8th places in a long, as far as that reaches (92 thousand million), for states hold hundreds of amounts and
 * folding is little else than calculating with them.
 */
public final class Amount implements Comparable<Amount> {
    public static final Amount ZERO = new Amount(0);
    private static final int PLACES = 8;
    private static final int MAX_DIGITS = 30;
    private static final int MAX_TEXT = 64;
    /** With the places behind the point no more than a long holds. */
    private static final int PLAIN_WHOLE_DIGITS = 10;

    private static final long NOT_PLAIN = Long.MIN_VALUE;
    private static final long ONE = 100_000_000;
    private static final int HALF_OF_BITS = 32;
    private static final long LOWER_HALF = 0xFFFF_FFFFL;
    private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE, PLACES);

    /** Times 10^8; 0 when it is large. */
    private final long units;
    /** Only of a number that a long does not reach, so that equal amounts are kept alike. */
    private final @Nullable BigDecimal large;

    private Amount(long units) {
        this.units = units;
        this.large = null;
    }

    /** @param value with 8 places; never of a number in JSON, which has lost digits where it has a fraction */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public Amount(BigDecimal value) {
        if (value.scale() != PLACES) {
            throw new IllegalArgumentException("an amount has " + PLACES + " places, not " + value.scale());
        }
        var isLarge = value.abs().compareTo(LARGEST_LONG) > 0;
        this.units = isLarge ? 0 : value.unscaledValue().longValue();
        this.large = isLarge ? value : null;
    }

    /** So many 8th places: 100,000,000 are 1. */
    public static Amount ofUnits(long units) {
        return units == Long.MIN_VALUE ? new Amount(BigDecimal.valueOf(units, PLACES)) : new Amount(units);
    }

    /** With 8 places. */
    public BigDecimal value() {
        return large == null ? BigDecimal.valueOf(units, PLACES) : large;
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
            return new Amount(digits);
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
        long sum = units + other.units;
        // overflown when both have the other sign than their sum
        return isLargeWith(other) || ((units ^ sum) & (other.units ^ sum)) < 0
                ? rounded(value().add(other.value()))
                : ofUnits(sum);
    }

    public Amount minus(Amount other) {
        long difference = units - other.units;
        return isLargeWith(other) || ((units ^ other.units) & (units ^ difference)) < 0
                ? rounded(value().subtract(other.value()))
                : ofUnits(difference);
    }

    public Amount times(Amount other) {
        long product = isLargeWith(other) ? NOT_PLAIN : product(Math.abs(units), Math.abs(other.units));
        if (product == NOT_PLAIN) {
            return rounded(value().multiply(other.value()));
        }
        return new Amount((units < 0) == (other.units < 0) ? product : -product);
    }

    private boolean isLargeWith(Amount other) {
        return large != null || other.large != null;
    }

    /** In 8th places, rounded half even, of two that are not negative; {@link #NOT_PLAIN} when it may be too large for a long. */
    private static long product(long one, long other) {
        long upper = Math.multiplyHigh(one, other);
        long lower = one * other;
        if (upper >= ONE / 2) {
            return NOT_PLAIN;
        }
        // digits of 32 bits, as on paper: a remainder below 10^8 with one more digit behind it is a positive long
        long first = (upper << HALF_OF_BITS) | (lower >>> HALF_OF_BITS);
        long second = ((first % ONE) << HALF_OF_BITS) | (lower & LOWER_HALF);
        long quotient = ((first / ONE) << HALF_OF_BITS) + second / ONE;
        long twice = 2 * (second % ONE);
        boolean up = twice > ONE || (twice == ONE && (quotient & 1) == 1);
        return up ? quotient + 1 : quotient;
    }

    /** @throws ArithmeticException when the divisor is zero */
    public Amount dividedBy(Amount divisor) {
        return rounded(value().divide(divisor.value(), PLACES, RoundingMode.HALF_EVEN));
    }

    /** Rounded down, for quantities that must be affordable. */
    public Amount dividedDownBy(Amount divisor) {
        return rounded(value().divide(divisor.value(), PLACES, RoundingMode.DOWN));
    }

    public Amount max(Amount other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isPositive() {
        return sign() > 0;
    }

    public boolean isNegative() {
        return sign() < 0;
    }

    public boolean isZero() {
        return sign() == 0;
    }

    private int sign() {
        return large == null ? Long.signum(units) : large.signum();
    }

    /** Whether its text can be read back: at most 22 digits before the point. */
    public boolean fits() {
        return large == null || !tooLarge(large);
    }

    @Override
    public int compareTo(Amount other) {
        return isLargeWith(other) ? value().compareTo(other.value()) : Long.compare(units, other.units);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Amount amount && units == amount.units && Objects.equals(large, amount.large);
    }

    @Override
    public int hashCode() {
        return large == null ? Long.hashCode(units) : large.hashCode();
    }

    /** As in JSON. */
    @Override
    @JsonValue
    public String toString() {
        return large == null ? text(units) : large.stripTrailingZeros().toPlainString();
    }

    private static String text(long units) {
        long rest = Math.abs(units) % ONE;
        var text = new StringBuilder(PLAIN_WHOLE_DIGITS + PLACES + 3);
        if (units < 0) {
            text.append('-');
        }
        text.append(Math.abs(units) / ONE);
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
