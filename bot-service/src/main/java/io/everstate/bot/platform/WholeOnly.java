package io.everstate.bot.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.everstate.contracts.wire.Whole;
import java.io.IOException;

/** Refuses what is {@link Whole} and has a property that this version does not know; unknown properties of all else are left out. */
public final class WholeOnly extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        var type = beanOrClass instanceof Class<?> known ? known : beanOrClass.getClass();
        if (type.isAnnotationPresent(Whole.class)) {
            return context.reportInputMismatch(
                    type, "this version does not know \"%s\" of a %s", name, type.getSimpleName());
        }
        return false;
    }
}
