package io.everstate.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Times as we write them, {@code 2026-01-01T00:00:00.123Z}, digit by digit: the JDK's formatter takes longer than all else that is read of a
 * record. What has another shape is left to the JDK, so that the same texts are read and refused.
 */
public final class IsoTime {
    private static final int SHORTEST = "2026-01-01T00:00:00Z".length();
    private static final int LONGEST = SHORTEST + 10;
    private static final int POINT = SHORTEST - 1;
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int LAST_YEAR = 9_999;

    private IsoTime() {}

    /** @throws java.time.format.DateTimeParseException for what {@link Instant#parse} refuses */
    public static Instant parse(String text) {
        var time = text.length() > LONGEST ? null : find(text.toCharArray(), 0, text.length());
        return time == null ? Instant.parse(text) : time;
    }

    /** Null when it has another shape, whatever it means. */
    public static @Nullable Instant find(char[] text, int from, int length) {
        if (length < SHORTEST || text[from + length - 1] != 'Z' || !shaped(text, from)) {
            return null;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        int nanos = nanos(text, from + POINT, length - SHORTEST);
        if (year < 1 || !isDay(year, month, day) || !isTime(hour, minute, second) || nanos < 0) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * SECONDS_OF_DAY + hour * 3_600L + minute * 60L + second, nanos);
    }

    private static boolean shaped(char[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean isTime(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    }

    /** Of a point and the digits behind it; below 0 when they are not that. */
    private static int nanos(char[] text, int point, int length) {
        int digits = length - 1;
        if (length == 0) {
            return 0;
        }
        if (text[point] != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = number(text, point + 1, digits);
        for (int digit = digits; digit < NANO_DIGITS && nanos > 0; digit++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Below 0 when it is not all digits. */
    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    /** The same text as {@link Instant#toString()}. */
    public static String text(Instant time) {
        var date = Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY);
        if (date < LocalDate.of(1, 1, 1).toEpochDay()
                || date > LocalDate.of(LAST_YEAR, 12, 31).toEpochDay()) {
            return time.toString();
        }
        var day = LocalDate.ofEpochDay(date);
        var second = Math.floorMod(time.getEpochSecond(), SECONDS_OF_DAY);
        var text = new byte[LONGEST];
        write(text, 0, day.getYear(), 4);
        text[4] = '-';
        write(text, 5, day.getMonthValue(), 2);
        text[7] = '-';
        write(text, 8, day.getDayOfMonth(), 2);
        text[10] = 'T';
        write(text, 11, second / 3_600, 2);
        text[13] = ':';
        write(text, 14, second / 60 % 60, 2);
        text[16] = ':';
        write(text, 17, second % 60, 2);
        var length = writeNanos(text, time.getNano());
        text[length] = 'Z';
        return new String(text, 0, length + 1, StandardCharsets.ISO_8859_1);
    }

    /** In groups of three digits, none when there is nothing; returns where it ends. */
    private static int writeNanos(byte[] text, int nanos) {
        if (nanos == 0) {
            return POINT;
        }
        int digits = NANO_DIGITS;
        int number = nanos;
        while (number % 1_000 == 0) {
            number /= 1_000;
            digits -= 3;
        }
        text[POINT] = '.';
        write(text, POINT + 1, number, digits);
        return POINT + 1 + digits;
    }

    private static void write(byte[] text, int from, int number, int digits) {
        int rest = number;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
