package io.everstate.backup.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** A stretch of the calendar, in UTC. */
public enum Period {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY;

    /** The same of all instants of the same stretch, and of no others: {@code 2026-W47}. */
    String of(Instant instant) {
        var date = LocalDate.ofInstant(instant, ZoneOffset.UTC);
        return switch (this) {
            case HOURLY -> instant.truncatedTo(ChronoUnit.HOURS).toString();
            case DAILY -> date.toString();
            case WEEKLY ->
                "%04d-W%02d"
                        .formatted(date.get(IsoFields.WEEK_BASED_YEAR), date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTHLY -> "%04d-%02d".formatted(date.getYear(), date.getMonthValue());
            case YEARLY -> "%04d".formatted(date.getYear());
        };
    }
}
