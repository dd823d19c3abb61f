package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param paths files to restore, relative to the workspace; null = all that the archive holds
 * @param categories what the workspace's lists of files count as one of these, instead of paths; null = all
 * @param to a directory, relative to the root that is configured for this, in place of the workspace; null = the workspace
 * @param dryRun whether only to say what it would do; null = false
 * @param rollbackOnInvalid whether to put back what was there when a file that was restored is found unsound; null = false: it stays, and is named
 * @param bestEffort whether to restore of a damaged archive what of it can still be read and verified; null = false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreRequest(
        @Nullable UUID backupId,
        @Nullable List<String> paths,
        @Nullable List<Category> categories,
        @Nullable String to,
        @Nullable Boolean dryRun,
        @Nullable Boolean rollbackOnInvalid,
        @Nullable Boolean bestEffort) {

    /** By the lists of the workspace as they are now, not as they were when the backup was taken. */
    public enum Category {
        STATE,
        CONFIG,
        LOGS
    }

    public RestoreRequest(@Nullable UUID backupId, @Nullable List<String> paths) {
        this(backupId, paths, null, null, null, null, null);
    }
}
