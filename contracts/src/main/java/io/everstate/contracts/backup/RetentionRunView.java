package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One clean-up of a workspace's backups.
 *
 * @param backupId the only backup that it is about; null of one that cleans up as the policy says
 * @param deleted how many were given up; their objects go soon after
 * @param refusal why nothing was; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionRunView(
        UUID id,
        String workspace,
        @Nullable UUID backupId,
        Status status,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        int deleted,
        @Nullable String refusal) {
    public enum Status {
        REQUESTED,
        COMPLETED,
        REFUSED
    }
}
