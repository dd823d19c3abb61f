package io.everstate.contracts.wire;

import java.util.UUID;

/** UUIDs in their full form, and no other: the JDK reads 1-1-1-1-1 too, and two texts of one id would be two keys. */
public final class UuidText {
    private static final int LENGTH = 36;
    private static final int HALF = 18;

    private UuidText() {}

    /** @throws IllegalArgumentException for any other text */
    public static UUID parse(String text) {
        if (text.length() != LENGTH
                || text.charAt(8) != '-'
                || text.charAt(13) != '-'
                || text.charAt(HALF) != '-'
                || text.charAt(23) != '-') {
            throw refused(text);
        }
        return new UUID(
                bits(text, 0, 8) << 32 | bits(text, 9, 13) << 16 | bits(text, 14, HALF),
                bits(text, HALF + 1, 23) << 48 | bits(text, 24, LENGTH));
    }

    private static long bits(String text, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 4 | digit(text, text.charAt(i));
        }
        return bits;
    }

    private static int digit(String text, char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        var small = digit | 0x20;
        if (small >= 'a' && small <= 'f') {
            return small - 'a' + 10;
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not a UUID");
    }
}
