package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The backup of a workspace that comes by itself.
 *
 * @param next when it is due; null when none is taken by itself
 * @param why by what: the interval, or the expression and who said so
 * @param cron five fields; null where an interval says when
 * @param zone in which {@code cron} is read
 * @param version to be given as {@code If-Match} of a change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(
        String workspace,
        BackupKind kind,
        @Nullable Instant next,
        String why,
        @Nullable String cron,
        @Nullable String zone,
        long version) {}
