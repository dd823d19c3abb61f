package io.everstate.state.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.IsoTime;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.contracts.wire.Whole;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Singleton
public final class JacksonFormat implements JsonFormat {
    private final ObjectMapper mapper;
    private final boolean strict;

    @Inject
    public JacksonFormat(ObjectMapper mapper) {
        this(
                mapper.copy()
                        .registerModule(new SimpleModule("texts")
                                .addDeserializer(Instant.class, new InstantText())
                                .addSerializer(Instant.class, new PlainText<>(Instant.class, IsoTime::text))
                                .addSerializer(Amount.class, new PlainText<>(Amount.class, Amount::toString))
                                .addSerializer(new TradeWriter())),
                false);
    }

    private JacksonFormat(ObjectMapper mapper, boolean strict) {
        this.mapper = mapper;
        this.strict = strict;
    }

    /** The same, but refuses what must be known as a whole and has a property that is not known. */
    public JacksonFormat strict() {
        return new JacksonFormat(mapper.copy().addHandler(new WholeOnly()), true);
    }

    @Override
    public boolean refusesUnknownInWhole() {
        return strict;
    }

    private static final class WholeOnly extends DeserializationProblemHandler {
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

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON of " + value.getClass().getName(), e);
        }
    }

    @Override
    public <T> T read(byte[] json, Class<T> type) {
        var written = asWritten(json, type);
        return written == null ? mapped(json, type) : type.cast(written);
    }

    /** What nearly all is that is read, without most of the mapper; null when it has another type or shape. */
    private @Nullable Object asWritten(byte[] json, Class<?> type) {
        if (type == TradeExecuted.class) {
            return TradeText.find(json);
        }
        return type == BotState.class ? StateText.find(json, rest -> mapped(rest, BotState.class)) : null;
    }

    private <T> T mapped(byte[] json, Class<T> type) {
        T value;
        try {
            value = mapper.readValue(json, type);
        } catch (IOException e) {
            throw new UnreadableRecordException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw new UnreadableRecordException("no " + type.getSimpleName() + ": null", null);
        }
        return value;
    }
}
