package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Of a restore that is over.
 *
 * @param dryRun whether only to say what it would do; null = false
 * @param rollbackOnInvalid whether to leave all as it is when a file that comes back is not sound; null = false: it comes back, and is named
 * @param overwriteWritten whether what was written since the restore may be replaced by what comes back; null = false: nothing comes back then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollbackRequest(
        @Nullable Boolean dryRun,
        @Nullable Boolean rollbackOnInvalid,
        @Nullable Boolean overwriteWritten) {}
