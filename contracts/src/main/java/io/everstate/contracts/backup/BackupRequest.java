package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

public record BackupRequest(
        @Nullable String workspace,
        @Nullable BackupKind kind,
        @Nullable String description) {}
