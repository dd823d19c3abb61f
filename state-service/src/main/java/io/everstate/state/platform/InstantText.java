package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.everstate.contracts.wire.IsoTime;
import java.io.IOException;
import java.time.Instant;

/** Reads the times that we write without the JDK's formatter, which is most of the time that it takes to read a bot's state. */
final class InstantText extends StdScalarDeserializer<Instant> {
    InstantText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var time = IsoTime.find(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            if (time != null) {
                return time;
            }
        }
        return InstantDeserializer.INSTANT.deserialize(parser, context);
    }
}
