package io.everstate.bot.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;

/** Texts of whole characters: a lone half of a pair cannot be written as UTF-8, so it would be accepted here and fail where it is recorded. */
public final class WholeText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var text = super.deserialize(parser, context);
        if (text != null && !isWhole(text)) {
            throw InvalidFormatException.from(parser, "must not have half of a character", text, String.class);
        }
        return text;
    }

    public static boolean isWhole(String text) {
        for (var place = 0; place < text.length(); ) {
            var character = text.codePointAt(place);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                return false;
            }
            place += Character.charCount(character);
        }
        return true;
    }
}
