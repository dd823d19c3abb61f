package io.everstate.backup.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** JSON of everything that is stored or sent. Apart from REST's, so that a setting there never changes what archives hold. */
@Singleton
public final class JacksonFormat implements JsonFormat {
    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Leaves the target to its owner: neither closed nor flushed, which would end a piece of what compresses. */
    private final ObjectWriter streaming = mapper.writer()
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .without(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
            .without(SerializationFeature.WRAP_EXCEPTIONS);

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(Object value, OutputStream target) throws IOException {
        try {
            streaming.writeValue(target, value);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public <T> T read(byte[] json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    @Override
    public <T> T read(InputStream json, Class<T> type) throws IOException {
        try {
            return mapper.readerFor(type)
                    .without(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                    .readValue(json);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    private static UnreadableRecordException unreadable(Class<?> type, IOException e) {
        return new UnreadableRecordException("no JSON of " + type.getSimpleName(), e);
    }
}
