package io.everstate.backup.platform;

/** Text that may hold anything because a stranger or a damaged archive wrote a part of it. */
public final class Printable {
    private static final char REPLACED = '\uFFFD';

    private Printable() {}

    /** The same text with U+FFFD in place of each control character: PostgreSQL has no text with a NUL, and a log line should be one. */
    public static String of(String text) {
        var printable = new StringBuilder(text);
        for (var at = 0; at < printable.length(); at++) {
            if (Character.isISOControl(printable.charAt(at))) {
                printable.setCharAt(at, REPLACED);
            }
        }
        return printable.toString();
    }
}
