package io.everstate.backup.schedule;

import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose turn it is by a cron expression. The time that was taken last and the backup that was asked for are one transaction: of several replicas one takes a
 * time, and of the times that were missed, because nothing ran or the workspace was busy, the last one is taken, once.
 */
@Singleton
class CronTurns {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Schedules schedules;
    private final BackupService backups;
    private final Catalogue catalogue;
    private final Clock clock;

    CronTurns(Schedules schedules, BackupService backups, Catalogue catalogue, Clock clock) {
        this.schedules = schedules;
        this.backups = backups;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Asks for a backup when one is due; not while another of the workspace waits or runs. */
    @Transactional
    void take(CronSchedule schedule) {
        var row = schedules.locked(schedule.workspace(), schedule.kind());
        var last = schedule.last(clock.instant());
        if (last.isEmpty()) {
            return;
        }
        var time = last.get();
        if (row.lastTime == null || !schedule.said().equals(row.countedBy)) {
            row.countedBy = schedule.said();
            row.lastTime = time;
        } else if (time.isAfter(row.lastTime)
                && !catalogue.workspacesWithUnfinished().contains(schedule.workspace())) {
            row.lastTime = time;
            request(schedule, time);
        }
    }

    private void request(CronSchedule schedule, Instant time) {
        var key = "%s %s at %s".formatted(schedule.workspace(), schedule.kind(), time);
        backups.request(
                schedule.workspace(),
                schedule.kind(),
                "Scheduled backup - " + MINUTE.format(time),
                new Asked("schedule", key, key));
    }

    /** When the next is taken; past when one is due and its workspace is busy. */
    @Transactional
    Optional<Instant> next(CronSchedule schedule) {
        var now = clock.instant();
        return schedule.after(schedules
                .findByIdOptional(schedule.workspace() + ":" + schedule.kind())
                .filter(row -> schedule.said().equals(row.countedBy))
                .map(row -> row.lastTime)
                .or(() -> schedule.last(now))
                .orElse(now));
    }
}
