package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a bot was created, started, stopped.
 *
 * @param stopReason of the last stop; null while running and before the first start
 * @param restarts how often its owner was lost while it ran
 * @param stoppedAt when it was stopped or paused last
 * @param runningTime of all finished runs together; the present run counts from {@code startedAt}
 * @param emergencyStop null unless in emergency stop; only a person clears it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lifecycle(
        BotStatus status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        @Nullable StopReason stopReason,
        int restarts,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration runningTime,
        @Nullable EmergencyStop emergencyStop) {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    public Lifecycle {
        requireNonNull(status, "status");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(runningTime, "runningTime");
    }

    /** Why and when trading was stopped by the risk guard or a person. */
    public record EmergencyStop(String reason, Instant at) {
        public EmergencyStop {
            requireNonNull(reason, "reason");
            requireNonNull(at, "at");
        }
    }

    static Lifecycle created(Instant at) {
        return new Lifecycle(BotStatus.STOPPED, at, null, null, null, 0, Duration.ZERO, null);
    }

    Lifecycle started(Instant at) {
        return new Lifecycle(BotStatus.RUNNING, createdAt, at, stoppedAt, null, restarts, runningTime, emergencyStop);
    }

    /** The time of its run is added up; it begins another one when it is resumed. */
    Lifecycle paused(Instant at) {
        return new Lifecycle(BotStatus.PAUSED, createdAt, startedAt, at, null, restarts, timeUntil(at), emergencyStop);
    }

    Lifecycle deleted() {
        return new Lifecycle(
                BotStatus.DELETED, createdAt, startedAt, stoppedAt, stopReason, restarts, runningTime, emergencyStop);
    }

    Lifecycle restarted(Instant at) {
        return stopped(StopReason.RESTART, at).started(at);
    }

    Lifecycle stopped(StopReason reason, Instant at) {
        var losses = reason == StopReason.RESTART ? restarts + 1 : restarts;
        return new Lifecycle(BotStatus.STOPPED, createdAt, startedAt, at, reason, losses, timeUntil(at), emergencyStop);
    }

    private Duration timeUntil(Instant at) {
        if (status != BotStatus.RUNNING || startedAt == null || startedAt.isAfter(at)) {
            return runningTime;
        }
        var run = Duration.between(startedAt, at);
        return runningTime.compareTo(LONGEST.minus(run)) > 0 ? LONGEST : runningTime.plus(run);
    }

    Lifecycle emergency(EmergencyStop stop) {
        var base = status == BotStatus.STOPPED ? this : stopped(StopReason.EMERGENCY, stop.at());
        return base.withEmergency(stop);
    }

    Lifecycle cleared() {
        return withEmergency(null);
    }

    private Lifecycle withEmergency(@Nullable EmergencyStop stop) {
        return new Lifecycle(status, createdAt, startedAt, stoppedAt, stopReason, restarts, runningTime, stop);
    }
}
