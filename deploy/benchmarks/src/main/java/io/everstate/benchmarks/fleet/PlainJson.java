package io.everstate.benchmarks.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.everstate.cli.console.Json;
import io.everstate.contracts.wire.IsoTime;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import java.time.Instant;

/** The JSON library that a peer gets: Jackson, with times as fast as ours, for else they would be most of what it does. */
final class PlainJson implements JsonFormat {

    private static final ObjectMapper MAPPER = Json.MAPPER
            .copy()
            .registerModule(new SimpleModule("times")
                    .addDeserializer(Instant.class, new TimeReader())
                    .addSerializer(Instant.class, new TimeWriter()));

    @Override
    public byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UnreadableRecordException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static final class TimeReader extends StdScalarDeserializer<Instant> {

        private TimeReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return IsoTime.parse(parser.getText());
        }
    }

    private static final class TimeWriter extends StdScalarSerializer<Instant> {

        private TimeWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(IsoTime.text(value));
        }
    }
}
