package io.everstate.backup.schedule;

import io.everstate.backup.backup.BackupService;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose turn it is by a cron expression. The time that was taken last and the backup that was asked for are one transaction: of several replicas one takes a
 * time, and of the times that were missed, because nothing ran or the workspace was busy, the last one is taken, once. One that failed is tried again, until
 * the next time comes.
 */
@Singleton
class CronTurns {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Schedules schedules;
    private final ScheduleConfiguration configuration;
    private final BackupService backups;
    private final Catalogue catalogue;
    private final Clock clock;

    CronTurns(
            Schedules schedules,
            ScheduleConfiguration configuration,
            BackupService backups,
            Catalogue catalogue,
            Clock clock) {
        this.schedules = schedules;
        this.configuration = configuration;
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
        } else if (!catalogue.workspacesWithUnfinished().contains(schedule.workspace())) {
            if (time.isAfter(row.lastTime)) {
                row.lastTime = time;
                request(schedule, time, 1);
            } else {
                takeAgain(schedule, row.lastTime);
            }
        }
    }

    private void takeAgain(CronSchedule schedule, Instant time) {
        var tries = tries(schedule, time);
        again(schedule, tries)
                .filter(due -> !due.isAfter(clock.instant()))
                .ifPresent(_ -> request(schedule, time, tries.size() + 1));
    }

    private void request(CronSchedule schedule, Instant time, int number) {
        backups.request(
                schedule.workspace(),
                schedule.kind(),
                "Scheduled backup - " + MINUTE.format(time),
                asked(schedule, time, number));
    }

    private static Asked asked(CronSchedule schedule, Instant time, int number) {
        var first = "%s %s at %s".formatted(schedule.workspace(), schedule.kind(), time);
        var key = number == 1 ? first : first + ", try " + number;
        return new Asked("schedule", key, key);
    }

    /** What was asked for because of that time, the first one first. */
    private List<BackupView> tries(CronSchedule schedule, Instant time) {
        var tries = new ArrayList<BackupView>();
        var next = catalogue.findRepeated(asked(schedule, time, 1));
        while (next.isPresent()) {
            tries.add(next.get());
            next = catalogue.findRepeated(asked(schedule, time, tries.size() + 1));
        }
        return tries;
    }

    /** When it is tried again; empty when it did not fail, was tried often enough, or somebody took another one since. */
    private Optional<Instant> again(CronSchedule schedule, List<BackupView> tries) {
        if (tries.isEmpty() || tries.size() >= configuration.tries()) {
            return Optional.empty();
        }
        var last = tries.getLast();
        var wait = configuration.retryAfter().multipliedBy(1L << (tries.size() - 1));
        return catalogue
                .findBackup(last.id())
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .filter(failed -> catalogue
                        .newestPromising(schedule.workspace(), schedule.kind())
                        .filter(head -> head.requestedAt().isAfter(failed.head().requestedAt()))
                        .isEmpty())
                .map(failed -> failed.at().plus(wait));
    }

    /**
     * What is to come.
     *
     * @param next when the next is taken; past when one is due and its workspace is busy
     * @param failures what became of the last time that was taken, if that failed: a part of a sentence, or nothing
     */
    record Outlook(Optional<Instant> next, String failures) {}

    @Transactional
    Outlook outlook(CronSchedule schedule) {
        var now = clock.instant();
        var taken = schedules
                .findByIdOptional(schedule.workspace() + ":" + schedule.kind())
                .filter(row -> schedule.said().equals(row.countedBy))
                .map(row -> row.lastTime);
        var next = schedule.after(taken.or(() -> schedule.last(now)).orElse(now));
        var tries = taken.map(time -> tries(schedule, time)).orElse(List.of());
        var again = again(schedule, tries).filter(at -> next.filter(at::isAfter).isEmpty());
        return new Outlook(again.or(() -> next), failures(tries, again.isPresent()));
    }

    private String failures(List<BackupView> tries, boolean again) {
        return tries.isEmpty() || tries.getLast().status() != Status.FAILED
                ? ""
                : "; the last one failed %d of %d times and is %s again: %s"
                        .formatted(
                                tries.size(),
                                configuration.tries(),
                                again ? "tried" : "not tried",
                                tries.getLast().failure());
    }
}
