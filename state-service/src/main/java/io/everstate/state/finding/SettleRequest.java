package io.everstate.state.finding;

import io.everstate.state.platform.Reason;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param reason why the loss is over; goes into the audit log, and is listed with the finding */
record SettleRequest(
        @Nullable @Schema(examples = "the two trades were entered by hand")
        String reason) {
    static String requiredReason(@Nullable SettleRequest request) {
        return Reason.required(request == null ? null : request.reason(), "the loss is over");
    }
}
