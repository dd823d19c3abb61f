package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a kind of backup of a workspace comes by itself.
 *
 * @param expression five fields
 * @param late how long after the times of the expression; the same for a workspace and kind always
 * @param by who said so
 */
record CronSchedule(
        String workspace, BackupKind kind, String expression, ZoneId zone, Cron cron, Duration late, String by) {

    /** @throws IllegalArgumentException when the expression is none */
    static CronSchedule of(
            String workspace, BackupKind kind, String expression, ZoneId zone, Duration jitter, String by) {
        var late = jitter.isZero()
                ? Duration.ZERO
                : Duration.ofMillis(Math.floorMod((workspace + "/" + kind).hashCode(), jitter.toMillis()));
        return new CronSchedule(workspace, kind, expression, zone, Cron.of(expression, zone), late, by);
    }

    /** The last time of the expression whose turn has come. */
    Optional<Instant> last(Instant now) {
        return cron.last(now.minus(late));
    }

    /** When the one after that time is taken. */
    Optional<Instant> after(Instant time) {
        return cron.next(time).map(next -> next.plus(late));
    }

    /** How far its times are from each other around then: the longer one of the distance that passes and the one before it. */
    Optional<Duration> distance(Instant now) {
        var last = cron.last(now);
        var before = last.flatMap(time -> cron.last(time.minusSeconds(1)));
        return Stream.of(between(before, last), between(last, cron.next(now)))
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }

    private static Optional<Duration> between(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(start -> to.map(end -> Duration.between(start, end)));
    }

    /** What says when; another one begins anew. */
    String said() {
        return expression + " " + zone;
    }
}
