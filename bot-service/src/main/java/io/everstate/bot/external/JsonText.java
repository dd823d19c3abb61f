package io.everstate.bot.external;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.everstate.bot.platform.WholeText;
import java.io.IOException;
import java.io.StringWriter;

/** Any JSON value, kept as its text: the numbers with all their digits, only the white space is gone. */
@JsonDeserialize(using = JsonText.Reader.class)
record JsonText(@JsonValue @JsonRawValue String text) {

    static final class Reader extends StdDeserializer<JsonText> {
        Reader() {
            super(JsonText.class);
        }

        @Override
        public JsonText deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var text = new StringWriter();
            try (var generator = parser.getCodec().getFactory().createGenerator(text)) {
                generator.copyCurrentStructureExact(parser);
            }
            if (!WholeText.isWhole(text.toString())) {
                throw InvalidFormatException.from(
                        parser, "must not have half of a character", text.toString(), JsonText.class);
            }
            return new JsonText(text.toString());
        }
    }
}
