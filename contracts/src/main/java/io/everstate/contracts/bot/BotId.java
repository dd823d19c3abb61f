package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A bot's identity for ever; also the key of its records. */
public record BotId(@JsonValue UUID value) implements Comparable<BotId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BotId of(String text) {
        try {
            return new BotId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a bot's id (a UUID)", e);
        }
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
