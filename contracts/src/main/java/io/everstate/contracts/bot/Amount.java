package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A decimal number with 8 places: money, a quantity, a price or a rate. Sums are exact; products and quotients are rounded half even to
 * the 8th place. In JSON a plain string without trailing zeros ({@code "0.00000001"}); numbers are read too.
 */
public record Amount(@JsonValue String text, BigDecimal value) implements Comparable<Amount> {
    public static final Amount ZERO = of(BigDecimal.ZERO);
    private static final int PLACES = 8;
    private static final int MAX_DIGITS = 30;

    public Amount {
        if (value.scale() != PLACES) {
            throw new IllegalArgumentException("an amount has " + PLACES + " places, not " + value.scale());
        }
    }

    /** Reads a decimal; refuses what is no number, has more than 8 places or more than 30 digits. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Amount of(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a decimal number", e);
        }
        var plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (plain.scale() > PLACES || plain.precision() - plain.scale() > MAX_DIGITS - PLACES) {
            throw new IllegalArgumentException("\"" + text + "\" has too many digits for an amount");
        }
        return of(plain);
    }

    public static Amount of(long whole) {
        return of(BigDecimal.valueOf(whole));
    }

    /** The nearest amount, half even. */
    public static Amount of(BigDecimal value) {
        var rounded = value.setScale(PLACES, RoundingMode.HALF_EVEN);
        var plain = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        return new Amount(plain, rounded);
    }

    public Amount plus(Amount other) {
        return of(value.add(other.value));
    }

    public Amount minus(Amount other) {
        return of(value.subtract(other.value));
    }

    public Amount times(Amount other) {
        return of(value.multiply(other.value));
    }

    /** @throws ArithmeticException when the divisor is zero */
    public Amount dividedBy(Amount divisor) {
        return of(value.divide(divisor.value, PLACES, RoundingMode.HALF_EVEN));
    }

    /** Rounded down, for quantities that must be affordable. */
    public Amount dividedDownBy(Amount divisor) {
        return of(value.divide(divisor.value, PLACES, RoundingMode.DOWN));
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

    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return text;
    }
}
