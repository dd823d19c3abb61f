package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What retention would do with the backups of a workspace now.
 *
 * @param decisions the newest first
 * @param good how many good backups would remain
 * @param refusal why it would do nothing of this; null when it would
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionPlanView(
        String workspace,
        Instant at,
        List<Decision> decisions,
        int good,
        @Nullable String refusal) {

    /**
     * @param good whether the backup was read back, and nothing bad was found since
     * @param why a sentence
     * @param remains a younger good backup that stays and stands for it; null of one that is not deleted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decision(
            UUID backupId,
            BackupKind kind,
            Instant recordedAt,
            boolean good,
            boolean deleted,
            String why,
            @Nullable UUID remains) {}
}
