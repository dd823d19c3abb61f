package io.everstate.backup.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Times by a cron expression of five fields, in a zone. What falls into the hour that is left out in spring comes when that hour is over, once; what falls
 * into the hour that comes twice in autumn comes once if it comes at single hours, and each time if it comes every hour.
 */
final class Cron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    private Cron(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException when it is none, or names no time at all, as 30 February is none */
    static Cron of(String expression, ZoneId zone) {
        var times = ExecutionTime.forCron(PARSER.parse(expression).validate());
        if (times.nextExecution(ZonedDateTime.of(LocalDateTime.of(2024, 1, 1, 0, 0), zone))
                .isEmpty()) {
            throw new IllegalArgumentException(expression + " names no time that ever comes");
        }
        return new Cron(times, zone);
    }

    /** The last time at that instant or before it. */
    Optional<Instant> last(Instant at) {
        var before = at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        var gap = zone.getRules().previousTransition(before);
        return Stream.concat(
                        times.lastExecution(before.atZone(zone)).stream().map(ZonedDateTime::toInstant), leftOut(gap))
                .max(Instant::compareTo);
    }

    /** The first time after that instant. */
    Optional<Instant> next(Instant after) {
        var gap = zone.getRules().nextTransition(after);
        return Stream.concat(
                        times.nextExecution(after.atZone(zone)).stream().map(ZonedDateTime::toInstant), leftOut(gap))
                .min(Instant::compareTo);
    }

    /** The end of a gap of local time in which one falls. */
    private Stream<Instant> leftOut(@Nullable ZoneOffsetTransition change) {
        if (change == null || !change.isGap()) {
            return Stream.empty();
        }
        var asIf = change.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC);
        return times.nextExecution(asIf).stream()
                .filter(time -> time.toLocalDateTime().isBefore(change.getDateTimeAfter()))
                .map(time -> change.getInstant());
    }
}
