package io.everstate.state.fold;

import io.everstate.contracts.bot.BotState;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * What lists are filtered and sorted by, as it fits into columns with an index: without the one character that PostgreSQL refuses, and not
 * longer than an index takes. A text that only a forged record can have must not keep its whole batch from being stored.
 */
public final class ListColumns {
    private static final int LONGEST = 200;
    private static final String BETWEEN = "\u001F";
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private ListColumns() {}

    static String strategy(BotState bot) {
        return text(bot.configuration().strategy());
    }

    static String name(BotState bot) {
        return text(bot.configuration().name());
    }

    /** Behind each other, with a character between them that no label has. */
    static String labels(BotState bot) {
        return bot.configuration().labels().entrySet().stream()
                .map(label -> label(label.getKey(), label.getValue()))
                .collect(Collectors.joining(BETWEEN));
    }

    /** Milliseconds since 1970; a time that is out of their reach is the last or first one in it. */
    public static long lastActivity(BotState bot) {
        var at = bot.updatedAt();
        return at.isAfter(LAST) ? Long.MAX_VALUE : at.isBefore(FIRST) ? Long.MIN_VALUE : at.toEpochMilli();
    }

    public static String label(String name, String value) {
        return text(name + "=" + value);
    }

    /**
     * Whether {@link #label} of these is that text, which most of the time their lengths tell: only what is stored otherwise than it was written
     * has to be made.
     */
    public static boolean isLabel(String name, String value, String text) {
        var length = name.length() + 1 + value.length();
        if (length == text.length()) {
            return text.startsWith(name) && text.charAt(name.length()) == '=' && text.endsWith(value);
        }
        var otherwise = length > LONGEST || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0;
        return otherwise && label(name, value).equals(text);
    }

    /** As the column has it. */
    public static String text(String value) {
        var stored = value.replace("\0", "");
        return stored.length() <= LONGEST ? stored : stored.substring(0, LONGEST);
    }
}
