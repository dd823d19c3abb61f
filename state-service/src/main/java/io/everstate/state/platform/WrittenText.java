package io.everstate.state.platform;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.wire.IsoTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON that is read as our own writers write it, part after part, without looking for what else could have the same meaning. At the first byte
 * that is another it gives up: from there on every part is none, and {@link #other} says so. Used once, by one thread.
 */
final class WrittenText {
    private static final int PLACES = 8;
    private static final int WHOLE_DIGITS = 10;
    private static final int LONG_DIGITS = 18;

    /** Most bots trade in few markets: one text for all of their trades. */
    private static volatile String newest = "";

    private final byte[] json;
    private int at;
    private boolean other;

    WrittenText(byte[] json, int from) {
        this.json = json;
        this.at = from;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether something was written in another way. */
    boolean other() {
        return other;
    }

    void giveUp() {
        other = true;
    }

    /** Where the next part begins. */
    int at() {
        return at;
    }

    boolean atEnd() {
        return at == json.length;
    }

    /** Goes on behind these bytes. */
    void pass(byte[] expected) {
        other |= !passed(expected);
    }

    /** Goes on behind these bytes if they are the next ones. */
    boolean passed(byte[] expected) {
        int end = at + expected.length;
        if (other || end > json.length || !Arrays.equals(json, at, end, expected, 0, expected.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** Goes on behind the end of the text that begins here, and returns where it ends; one that needs more than its bytes is another. */
    private int pass() {
        int end = at;
        while (!other && end < json.length && json[end] != '"') {
            other = json[end] < ' ' || json[end] == '\\'; // below the space are also all bytes that are not ASCII
            end++;
        }
        other |= end >= json.length;
        at = end + 1;
        return end;
    }

    String text() {
        int from = at;
        int length = pass() - from;
        if (other) {
            return "";
        }
        var known = newest;
        if (same(known, from, length)) {
            return known;
        }
        var text = new String(json, from, length, StandardCharsets.US_ASCII);
        newest = text;
        return text;
    }

    private boolean same(String text, int from, int length) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != json[from + i]) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    Side side() {
        int from = at;
        int length = pass() - from;
        if (other) {
            return null;
        }
        return same("BUY", from, length) ? Side.BUY : same("SELL", from, length) ? Side.SELL : null;
    }

    /** Its digits as a text. */
    @Nullable
    Amount amount() {
        int begin = at;
        int end = pass();
        if (other) {
            return null;
        }
        boolean negative = json[begin] == '-';
        int from = negative ? begin + 1 : begin;
        int point = from;
        while (point < end && json[point] != '.') {
            point++;
        }
        int places = Math.max(0, end - point - 1);
        if (point == from || point - from > WHOLE_DIGITS || places > PLACES || point == end - 1) {
            return null;
        }
        long scaled = digits(from, point) * power(PLACES) + digits(point + 1, end) * power(PLACES - places);
        return other ? null : Amount.ofUnits(negative ? -scaled : scaled);
    }

    private static long power(int places) {
        long power = 1;
        for (int place = 0; place < places; place++) {
            power *= 10;
        }
        return power;
    }

    /** At most 18. */
    private long digits(int from, int end) {
        long number = 0;
        for (int i = from; i < end; i++) {
            other |= json[i] < '0' || json[i] > '9';
            number = number * 10 + json[i] - '0';
        }
        return number;
    }

    @Nullable
    Instant time() {
        int from = at;
        int end = pass();
        if (other) {
            return null;
        }
        var text = new char[end - from];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) json[from + i];
        }
        return IsoTime.find(text, 0, text.length);
    }

    /** A number that is not below 0, up to what is no digit. */
    long whole() {
        int from = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        int digits = at - from;
        other |= digits < 1 || digits > LONG_DIGITS || (digits > 1 && json[from] == '0');
        return other ? 0 : digits(from, at);
    }
}
