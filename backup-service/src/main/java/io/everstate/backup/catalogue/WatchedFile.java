package io.everstate.backup.catalogue;

import io.everstate.contracts.backup.InspectionView.Condition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a watched file is in a verified backup. */
public record WatchedFile(
        UUID backupId, String path, long size, @Nullable String sha256, Condition condition) {}
