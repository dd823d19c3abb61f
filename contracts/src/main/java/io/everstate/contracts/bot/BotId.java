package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A bot's identity for ever; also the key of its records. */
public record BotId(@JsonValue UUID value) implements Comparable<BotId> {
    public BotId {
        requireNonNull(value, "value");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BotId of(String text) {
        try {
            return new BotId(strict(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a bot's id (a UUID)", e);
        }
    }

    /** The JDK reads 1-1-1-1-1 too; two texts of one bot would be two keys in the log. */
    private static UUID strict(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("a UUID has 36 characters");
        }
        return id;
    }

    @Override
    public int compareTo(BotId other) {
        return value.toString().compareTo(other.value.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
