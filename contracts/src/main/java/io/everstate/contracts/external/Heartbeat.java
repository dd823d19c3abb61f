package io.everstate.contracts.external;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That a bot was alive at a time, as its owner's clock had it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Heartbeat(
        Instant at, ReportedStatus status, @Nullable String detail) {
    public Heartbeat {
        requireNonNull(at, "at");
        requireNonNull(status, "status");
    }
}
