package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one part of the system is.
 *
 * @param kind BOT, SERVICE or DEPENDENCY
 * @param id of a bot its id, of a replica of a service the service and the replica, else the name
 * @param score 0 to 100; what it is made of is in state-service's README
 * @param reason one sentence why it is below 100; null when it is not
 * @param lastActivity of a bot its newest event, of all else when it answered last; null when that is not known
 * @param freshness how long ago that was
 * @param lag events that it is behind; null where that has no meaning
 * @param errors of a bot what was found of it and is not over, of all else the looks since the start of the replica that failed
 * @param lookedAt when it was found so; of a bot since when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComponentView(
        String kind,
        String id,
        String name,
        int score,
        @Nullable String reason,
        @Nullable Instant lastActivity,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Duration freshness,

        @Nullable Long lag,
        long errors,
        Instant lookedAt) {}
