package io.everstate.bot.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Jackson as Quarkus configures it, for records and files too. */
@Singleton
class JacksonFormat implements JsonFormat {
    private final ObjectMapper mapper;

    /** A request must have nothing that is not known, or a misspelt limit would be none; records and files of a later release may, but not in what bots act by. */
    JacksonFormat(ObjectMapper mapper) {
        this.mapper = mapper.copy()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addHandler(new WholeOnly());
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

    @Override
    public boolean refusesUnknownInWhole() {
        return true;
    }

    /** Durations as ISO-8601, like all times; a name that is there twice, and what is nested without end, is an error. */
    @Singleton
    static class IsoDurations implements ObjectMapperCustomizer {
        private static final int DEEPEST = 100;

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
            mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            mapper.registerModule(new SimpleModule("whole texts").addDeserializer(String.class, new WholeText()));
            mapper.getFactory()
                    .setStreamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build());
        }
    }
}
