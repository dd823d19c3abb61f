package io.everstate.contracts.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param sentAt null until the channel accepted it */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertView(
        UUID id,
        String kind,
        String severity,
        String text,
        Instant raisedAt,
        @Nullable Instant sentAt,
        int attempts) {}
