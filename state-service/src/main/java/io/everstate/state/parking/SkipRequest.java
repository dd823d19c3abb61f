package io.everstate.state.parking;

import io.everstate.state.platform.Reason;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param reason why what is not understood is left behind; goes into the audit log */
record SkipRequest(
        @Nullable @Schema(examples = "written by a version that was taken back")
        String reason) {
    String requiredReason() {
        return Reason.required(reason, "what is not understood is left behind");
    }
}
