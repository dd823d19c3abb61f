package io.everstate.backup.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.everstate.backup.archive.Manifest.Entry;
import java.io.IOException;
import java.util.List;

/** Reads the entries of a manifest one after the other, and holds them as {@link Entries} does: there may be a million. */
final class EntriesDeserializer extends JsonDeserializer<List<Entry>> {
    @Override
    public List<Entry> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            return context.reportInputMismatch(this, "the entries are no list");
        }
        var entries = Entries.builder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return context.reportInputMismatch(this, "an entry is nothing");
            }
            entries.add(context.readValue(parser, Entry.class));
        }
        return entries.build();
    }
}
