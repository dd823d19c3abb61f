package io.everstate.contracts.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan.
 *
 * @param estimatedMinutes what the plan takes by its own account
 * @param failure why it failed; null unless it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        UUID id,
        UUID disasterId,
        DisasterType type,
        String subject,
        Status status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        int estimatedMinutes,
        @Nullable String failure,
        List<Step> steps) {

    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED
    }

    /** @param outcome what the step did or found; null before it is finished */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            int number,
            String name,
            StepStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            int attempts,
            @Nullable String outcome) {}

    public enum StepStatus {
        PENDING,
        RUNNING,
        DONE,
        FAILED
    }
}
