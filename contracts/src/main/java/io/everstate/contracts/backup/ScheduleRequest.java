package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/**
 * When a backup of a workspace is to come by itself.
 *
 * @param cron minute, hour, day of month, month, day of week: {@code 0 2 * * *}
 * @param zone {@code Europe/Berlin}; null = the configured one
 */
public record ScheduleRequest(
        @Nullable String cron, @Nullable String zone) {}
