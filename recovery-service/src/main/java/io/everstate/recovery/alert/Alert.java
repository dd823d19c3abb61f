package io.everstate.recovery.alert;

import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message for people.
 *
 * @param text at most {@value #MAX_TEXT} characters, which every chat takes; holds nothing that a chat reads as a command
 * @param sourceEvent the event that it tells of, so that a repeated event is told once; null when the fact was made here
 */
public record Alert(
        UUID id,
        AlertKind kind,
        String text,
        Instant at,
        @Nullable UUID sourceEvent) {
    static final int MAX_TEXT = 1900;
    /** What is told later than this is told with its time. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    public Alert {
        text = shortened(harmless(text), MAX_TEXT);
    }

    public static Alert of(AlertKind kind, String text, Instant at) {
        return new Alert(TimeOrderedUuid.at(at), kind, text, at, null);
    }

    public static Alert of(AlertKind kind, String text, Instant at, UUID sourceEvent) {
        return new Alert(TimeOrderedUuid.at(at), kind, text, at, sourceEvent);
    }

    /** As it is to be sent now: people take what arrives for what happens, so an old fact says when it was. */
    Alert toldAt(Instant now) {
        if (!now.isAfter(at.plus(FRESH))) {
            return this;
        }
        var when = " (This was at %s.)".formatted(at.truncatedTo(ChronoUnit.SECONDS));
        return new Alert(id, kind, shortened(text, MAX_TEXT - when.length()) + when, at, sourceEvent);
    }

    /** {@code <!channel>} in a file's name would wake everybody: chats read angle brackets as commands and links. */
    private static String harmless(String text) {
        return text.replace('<', '‹').replace('>', '›');
    }

    private static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
