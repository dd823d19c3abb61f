package io.everstate.backup.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;

/** How long backups stay, of every workspace. */
@ConfigMapping(prefix = "everstate.retention")
public interface RetentionConfiguration {
    int DAYS = 30;
    /** Older ones than so many of a kind go. */
    @WithDefault("30")
    @Min(1)
    int maxBackups();

    /** Those that are so many days older than the newest good one go. */
    @WithDefault("30")
    @Min(1)
    @Max(36_500)
    int days();

    /** So many good ones of each kind stay, whatever else is said. */
    @WithDefault("2")
    @Min(1)
    int ofEachKind();

    /** The newest good one of each kind of so many hours, days, weeks, months and years stays: {@code keep.weekly=8}. 30 days when nothing is said of days. */
    Map<Period, @Min(0) Integer> keep();

    /** So many good ones must remain, or nothing is deleted. */
    @WithDefault("2")
    @Min(1)
    int minimum();

    /** When it is cleaned up by itself, in UTC; made up for once after a time in which nothing ran. */
    @WithDefault("SUNDAY")
    DayOfWeek day();

    @WithDefault("03:00")
    LocalTime time();

    /** How often it is seen whether that time has come; {@code off} where nothing is cleaned up by itself. */
    @WithDefault("5m")
    String lookEvery();

    /** How long after one that came by itself was refused it is tried again. */
    @WithDefault("5m")
    Duration retryAfter();

    default RetentionPolicy policy() {
        var periods = new HashMap<>(keep());
        periods.putIfAbsent(Period.DAILY, DAYS);
        return new RetentionPolicy(maxBackups(), Duration.ofDays(days()), ofEachKind(), periods, minimum());
    }
}
