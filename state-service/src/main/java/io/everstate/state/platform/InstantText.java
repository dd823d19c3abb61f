package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that we write, {@code 2026-01-01T00:00:00.123Z}, digit by digit: the JDK's formatter is most of the time that it takes to
 * read a bot's state. Whatever has another shape is left to Jackson's own reader, so that the same texts are read and refused.
 */
final class InstantText extends StdScalarDeserializer<Instant> {
    private static final int SHORTEST = "2026-01-01T00:00:00Z".length();
    private static final int POINT = SHORTEST - 1;
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var time = time(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            if (time != null) {
                return time;
            }
        }
        return InstantDeserializer.INSTANT.deserialize(parser, context);
    }

    private static @Nullable Instant time(char[] text, int from, int length) {
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
}
