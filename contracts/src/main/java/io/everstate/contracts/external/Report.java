package io.everstate.contracts.external;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A report as a bot's state remembers it; the whole of it is in the log.
 *
 * @param sequence of its event
 * @param origin the way by which it came: {@code bot}, {@code freqtrade}, {@code hummingbot}
 * @param excerpt the first {@value #EXCERPT} characters of its content
 */
public record Report(long sequence, Instant at, ReportType type, String origin, String excerpt) {
    public static final int EXCERPT = 200;

    public Report {
        requireNonNull(at, "at");
        requireNonNull(type, "type");
        requireNonNull(origin, "origin");
        requireNonNull(excerpt, "excerpt");
    }

    /** With the beginning of the content; a character of two parts is not torn apart. */
    public static Report of(long sequence, Instant at, ReportType type, String origin, String content) {
        if (content.length() <= EXCERPT) {
            return new Report(sequence, at, type, origin, content);
        }
        var end = Character.isHighSurrogate(content.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
        return new Report(sequence, at, type, origin, content.substring(0, end));
    }
}
