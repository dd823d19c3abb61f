package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param paths files to restore, relative to the workspace; null = all that the archive holds
 * @param dryRun whether only to say what it would do; null = false
 * @param rollbackOnInvalid whether to put back what was there when a file that was restored is found unsound; null = false: it stays, and is named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreRequest(
        @Nullable UUID backupId,
        @Nullable List<String> paths,
        @Nullable Boolean dryRun,
        @Nullable Boolean rollbackOnInvalid) {

    public RestoreRequest(@Nullable UUID backupId, @Nullable List<String> paths) {
        this(backupId, paths, null, null);
    }
}
