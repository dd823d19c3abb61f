package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a bot was created, started, stopped.
 *
 * @param stopReason of the last stop; null while running and before the first start
 * @param restarts how often its owner was lost while it ran
 * @param stoppedAt when it was stopped or paused last
 * @param runningTime of all finished runs together; the present run counts from {@code startedAt}
 * @param emergencyStop null unless in emergency stop; only a person clears it
 * @param absence null while it never was away for long and runs when it should
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
        @Nullable EmergencyStop emergencyStop,
        @Nullable Absence absence) {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    public Lifecycle {
        requireNonNull(status, "status");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(runningTime, "runningTime");
    }

    /** Of a bot that never was away. */
    public Lifecycle(
            BotStatus status,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt,
            @Nullable StopReason stopReason,
            int restarts,
            Duration runningTime,
            @Nullable EmergencyStop emergencyStop) {
        this(status, createdAt, startedAt, stoppedAt, stopReason, restarts, runningTime, emergencyStop, null);
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

    /** A bot that never ran has nothing to be valued. */
    Lifecycle started(Instant at) {
        return begun(at).with(known().found().notSeenSince(stoppedAt, at));
    }

    /** Without a word about where it was before: of a bot that runs elsewhere. */
    Lifecycle begun(Instant at) {
        return new Lifecycle(
                BotStatus.RUNNING, createdAt, at, stoppedAt, null, restarts, runningTime, emergencyStop, absence);
    }

    /** The time of its run is added up; it begins another one when it is resumed. */
    Lifecycle paused(Instant at) {
        return new Lifecycle(
                        BotStatus.PAUSED,
                        createdAt,
                        startedAt,
                        at,
                        null,
                        restarts,
                        runningTimeUntil(at),
                        emergencyStop,
                        absence)
                .with(known().found());
    }

    Lifecycle deleted() {
        return new Lifecycle(
                BotStatus.DELETED,
                createdAt,
                startedAt,
                stoppedAt,
                stopReason,
                restarts,
                runningTime,
                emergencyStop,
                absence);
    }

    /** @param seen when it was alive for the last time */
    Lifecycle restarted(Instant seen, Instant at) {
        return stopped(StopReason.RESTART, seen, at).begun(at);
    }

    Lifecycle stopped(StopReason reason, Instant at) {
        return stopped(reason, at, at);
    }

    /** @param seen when it was alive for the last time: one whose owner was lost is stopped long after that */
    Lifecycle stopped(StopReason reason, Instant seen, Instant at) {
        var losses = reason == StopReason.RESTART ? restarts + 1 : restarts;
        return new Lifecycle(
                        BotStatus.STOPPED,
                        createdAt,
                        startedAt,
                        at,
                        reason,
                        losses,
                        runningTimeUntil(at),
                        emergencyStop,
                        absence)
                .with(reason == StopReason.RESTART ? known().found().notSeenSince(seen, at) : known().found());
    }

    Lifecycle notReturned(String reason, Instant at) {
        return with(known().missing(new Absence.NotReturned(reason, at)));
    }

    /** Since when nobody looked at its markets; empty unless that is long. */
    public Optional<Instant> absenceSince() {
        return Optional.ofNullable(known().since());
    }

    /** Runs again though no event said so. */
    public Lifecycle found() {
        return with(known().found());
    }

    Lifecycle returned(Absence.Return newest) {
        return with(known().returned(newest));
    }

    private Absence known() {
        return absence == null ? Absence.NONE : absence;
    }

    private Lifecycle with(Absence changed) {
        return new Lifecycle(
                status,
                createdAt,
                startedAt,
                stoppedAt,
                stopReason,
                restarts,
                runningTime,
                emergencyStop,
                changed.orNull());
    }

    /** Of all runs together, the present one up to that time among them. */
    public Duration runningTimeUntil(Instant at) {
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
        return new Lifecycle(status, createdAt, startedAt, stoppedAt, stopReason, restarts, runningTime, stop, absence);
    }
}
