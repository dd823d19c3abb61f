package io.everstate.state.rebuild;

import io.everstate.state.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done with a rebuild.
 *
 * @param acceptDifferences of a switch: also when bots differ
 */
record RebuildRequest(@Nullable String reason, @Nullable Boolean acceptDifferences) {
    static RebuildRequest of(@Nullable RebuildRequest request) {
        return request == null ? new RebuildRequest(null, null) : request;
    }

    /** @throws io.everstate.contracts.problem.InvalidException without one */
    String requiredReason() {
        return Reason.required(reason, "it is done");
    }

    boolean acceptsDifferences() {
        return Boolean.TRUE.equals(acceptDifferences);
    }
}
