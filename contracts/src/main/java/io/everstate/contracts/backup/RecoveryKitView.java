package io.everstate.contracts.backup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is needed to restore the newest good backups with standard tools, without any service of ours. No file holds a secret.
 *
 * @param backups that its scripts restore, and those that these are built upon
 * @param sha256 of {@code SHA256SUMS}, which names the other files: by this it is known which kit somebody keeps
 */
public record RecoveryKitView(Instant madeAt, List<UUID> backups, String sha256, List<File> files) {
    /**
     * @param name without a directory
     * @param executable a script
     */
    public record File(String name, boolean executable, String content) {}
}
