package io.everstate.recovery.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import jakarta.inject.Singleton;
import java.io.IOException;

@Singleton
public final class JacksonFormat implements JsonFormat {
    private final ObjectMapper mapper;

    public JacksonFormat(ObjectMapper mapper) {
        this.mapper = mapper;
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
