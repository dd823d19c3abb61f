package io.everstate.state.parking;

import io.everstate.state.platform.Invalid;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param reason why what is not understood is left behind; goes into the audit log */
record SkipRequest(
        @Nullable @Schema(examples = "written by a version that was taken back")
        String reason) {
    private static final int LONGEST = 500;

    /** In one line, for it goes into a log. */
    String requiredReason() {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw Invalid.field(
                    "reason",
                    "must say in %d characters at most why what is not understood is left behind".formatted(LONGEST));
        }
        return reason.strip().replaceAll("\\p{Cntrl}+", " ");
    }
}
