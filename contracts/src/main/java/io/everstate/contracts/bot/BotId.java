package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.everstate.contracts.wire.UuidText;
import java.util.UUID;

/** A bot's identity for ever; also the key of its records. */
public record BotId(@JsonValue UUID value) implements Comparable<BotId> {
    public BotId {
        requireNonNull(value, "value");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BotId of(String text) {
        try {
            return new BotId(UuidText.parse(text));
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
