package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How long the newest FULL of a workspace may be the newest when none fails. */
@Singleton
public final class FullDistance {
    private final Schedules schedules;
    private final ScheduleConfiguration configuration;
    private final Clock clock;

    FullDistance(Schedules schedules, ScheduleConfiguration configuration, Clock clock) {
        this.schedules = schedules;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** By the cron expression that holds, else by the interval; empty when none comes by itself. */
    public Optional<Duration> of(String workspace) {
        return schedules
                .find(workspace, BackupKind.FULL)
                .map(schedule -> schedule.distance(clock.instant()))
                .orElseGet(() -> Optional.of(configuration.fullEvery()).filter(every -> !every.isZero()));
    }
}
