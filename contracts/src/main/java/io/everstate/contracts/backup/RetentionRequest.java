package io.everstate.contracts.backup;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a clean-up of a workspace's backups, or for one of them to be given up.
 *
 * @param backupId null cleans up as the policy says
 * @param reason why that one is to go; must be given with it
 */
public record RetentionRequest(
        @Nullable String workspace,
        @Nullable UUID backupId,
        @Nullable String reason) {
    /** As the policy says. */
    public static RetentionRequest of(String workspace) {
        return new RetentionRequest(workspace, null, null);
    }
}
