package io.everstate.contracts.backup;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param paths files to restore, relative to the workspace; null = all that the archive holds */
public record RestoreRequest(
        @Nullable UUID backupId, @Nullable List<String> paths) {}
