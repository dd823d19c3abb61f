package io.everstate.backup.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.everstate.backup.packing.PackedList;
import java.io.IOException;
import java.util.List;

/**
 * Reads a list of a manifest one value after the other, and holds it packed. Anybody may have written it, and a few stored bytes can unpack to any
 * number of values: what has more of them, or more text in them, than is read here is no manifest.
 */
abstract class BoundedListDeserializer<E> extends JsonDeserializer<List<E>> implements PackedList.Codec<E> {
    private final Class<E> type;
    private final String name;
    private final int most;
    private final long mostCharacters;

    /**
     * @param name of the list, for people
     * @param mostCharacters in all values together
     */
    BoundedListDeserializer(Class<E> type, String name, int most, long mostCharacters) {
        this.type = type;
        this.name = name;
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /** How many there are in a value. */
    abstract long characters(E value);

    @Override
    public final List<E> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            return context.reportInputMismatch(this, "the %s are no list", name);
        }
        var values = new PackedList.Builder<E>(this);
        var count = 0;
        var characters = 0L;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return context.reportInputMismatch(this, "one of the %s is nothing", name);
            }
            var value = context.readValue(parser, type);
            count++;
            characters += characters(value);
            if (count > most || characters > mostCharacters) {
                return context.reportInputMismatch(
                        this,
                        "there are more than %d %s, or more than %d characters in them",
                        most,
                        name,
                        mostCharacters);
            }
            values.add(value);
        }
        return values.build();
    }
}
