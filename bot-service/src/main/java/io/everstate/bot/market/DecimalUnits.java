package io.everstate.bot.market;

/**
 * Decimal numbers as whole numbers of 0.00000001, read without a detour over text or floating point: whole tapes are read while a service
 * starts.
 */
final class DecimalUnits {
    static final int PLACES = 8;

    private DecimalUnits() {}

    /**
     * Reads digits with at most one point; more than 8 places must be zeros.
     *
     * @throws IllegalArgumentException for anything else
     * @throws ArithmeticException for more than 92,233,720,368 and a bit
     */
    static long of(String line, int from, int to) {
        var units = 0L;
        var places = -1;
        for (var i = from; i < to; i++) {
            var character = line.charAt(i);
            if (character == '.' && places < 0) {
                places = 0;
                continue;
            }
            var digit = character - '0';
            if (digit < 0 || digit > 9 || (places == PLACES && digit > 0)) {
                throw notAnAmount(line, from, to);
            }
            if (places < PLACES) {
                units = Math.addExact(Math.multiplyExact(units, 10), digit);
                places = places < 0 ? places : places + 1;
            }
        }
        if (from == to) {
            throw notAnAmount(line, from, to);
        }
        for (var place = Math.max(places, 0); place < PLACES; place++) {
            units = Math.multiplyExact(units, 10);
        }
        return units;
    }

    private static IllegalArgumentException notAnAmount(String line, int from, int to) {
        return new IllegalArgumentException(
                "\"" + line.substring(from, to) + "\" is not a decimal number with at most " + PLACES + " places");
    }
}
