package io.everstate.bot.external;

import io.everstate.contracts.external.ReportedStatus;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That a bot is alive. */
record HeartbeatRequest(
        @NotNull(message = "must be given") ReportedStatus status,

        @Size(max = 500) @Schema(examples = "3 trades open") @Nullable
        String detail) {}
