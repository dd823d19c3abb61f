package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

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

    /** What says when; another one begins anew. */
    String said() {
        return expression + " " + zone;
    }
}
