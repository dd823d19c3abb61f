package io.everstate.contracts.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param subject the service or workspace that is hit
 * @param beganAt the earliest time that the evidence shows
 * @param evidence each signal with what it found
 * @param runId the plan's execution; null before it is decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DisasterView(
        UUID id,
        DisasterType type,
        int severity,
        String subject,
        @Nullable Instant beganAt,
        Instant detectedAt,
        List<Evidence> evidence,
        @Nullable UUID runId) {

    public record Evidence(String signal, String finding, Instant at) {}
}
