package io.everstate.contracts.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param sentAt null until the channel accepted it
 * @param lastProblem why the newest attempt did not succeed; null when there is nothing to complain of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertView(
        UUID id,
        String kind,
        String severity,
        String text,
        Instant raisedAt,
        @Nullable Instant sentAt,
        int attempts,
        Delivery delivery,
        @Nullable String lastProblem) {

    /** REFUSED: the channel will never take it. GIVEN_UP: it could not be reached often enough. */
    public enum Delivery {
        WAITING,
        SENT,
        REFUSED,
        GIVEN_UP
    }
}
