package io.everstate.state.rebuild;

import io.everstate.state.platform.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done with a rebuild.
 *
 * @param acceptDifferences of a switch: also when bots differ
 */
record RebuildRequest(@Nullable String reason, @Nullable Boolean acceptDifferences) {
    private static final int LONGEST = 500;

    static RebuildRequest of(@Nullable RebuildRequest request) {
        return request == null ? new RebuildRequest(null, null) : request;
    }

    /** @throws io.everstate.contracts.problem.InvalidException without one */
    String requiredReason() {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw Invalid.field("reason", "must say why, in at most " + LONGEST + " characters");
        }
        return reason.strip().replaceAll("\\p{Cntrl}+", " ");
    }

    boolean acceptsDifferences() {
        return Boolean.TRUE.equals(acceptDifferences);
    }
}
