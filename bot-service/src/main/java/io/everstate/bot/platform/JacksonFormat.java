package io.everstate.bot.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Jackson as Quarkus configures it, for records and files too. */
@Singleton
class JacksonFormat implements JsonFormat {
    private final ObjectMapper mapper;

    JacksonFormat(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    @Override
    public <T> T read(byte[] json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (IOException e) {
            throw new UnreadableRecordException("no JSON of a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Durations as ISO-8601, like all times. */
    @Singleton
    static class IsoDurations implements ObjectMapperCustomizer {
        @Override
        public void customize(ObjectMapper mapper) {
            mapper.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        }
    }
}
