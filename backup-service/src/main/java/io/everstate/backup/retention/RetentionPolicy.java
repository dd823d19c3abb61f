package io.everstate.backup.retention;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long backups stay.
 *
 * @param mostBackups of a kind; older ones go
 * @param maxAge seen from the newest good one: a service that took none for long makes nothing old
 * @param ofEachKind so many good ones of each kind stay, whatever else is said
 * @param periods of how many hours, days, weeks ... the newest good one of each kind stays
 * @param minimum so many good ones must remain, or nothing is deleted
 */
public record RetentionPolicy(
        int mostBackups, Duration maxAge, int ofEachKind, Map<Period, Integer> periods, int minimum) {
    public RetentionPolicy {
        var copy = new EnumMap<Period, Integer>(Period.class);
        copy.putAll(periods);
        periods = copy;
    }
}
