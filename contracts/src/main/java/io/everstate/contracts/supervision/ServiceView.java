package io.everstate.contracts.supervision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that the supervisor keeps alive.
 *
 * @param pid of the newest process
 * @param restarts how often it was started again since the supervisor began, for whatever reason
 * @param crashes how many of its processes ended without the supervisor having been asked to end them
 * @param exitedAt when the newest process ended; null while it is alive
 * @param exitCode null while it is alive; 128 + signal number when a signal ended it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceView(
        String name,
        State state,
        long pid,
        int restarts,
        int crashes,
        Instant startedAt,
        @Nullable Instant exitedAt,
        @Nullable Integer exitCode) {

    /** STARTING until the service's own readiness answers. */
    public enum State {
        STARTING,
        UP,
        DOWN,
        STOPPED
    }
}
