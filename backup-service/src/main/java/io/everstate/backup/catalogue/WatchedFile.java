package io.everstate.backup.catalogue;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a watched file is in a verified backup. */
public record WatchedFile(
        UUID backupId, String path, long size, @Nullable String sha256, Condition condition) {

    /** Those of a backup, as its manifest has them. */
    public static List<WatchedFile> all(Completed backup, Manifest manifest) {
        return manifest.entries().stream()
                .filter(entry -> entry.ofWorkspace() && entry.condition() != null)
                .map(entry -> new WatchedFile(
                        backup.head().id(),
                        entry.path(),
                        entry.size(),
                        entry.sha256(),
                        Objects.requireNonNull(entry.condition())))
                .toList();
    }
}
