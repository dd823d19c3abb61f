package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The backup of a workspace that comes by itself.
 *
 * @param next when it is due; null when none is taken by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(
        String workspace, BackupKind kind, @Nullable Instant next) {}
