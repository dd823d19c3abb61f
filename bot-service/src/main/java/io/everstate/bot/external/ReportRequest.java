package io.everstate.bot.external;

import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that a bot tells of itself.
 *
 * @param status what it is now, if it says so
 * @param content any JSON, kept as it is
 */
record ReportRequest(
        @NotNull(message = "must be given") ReportType type,
        @Nullable ReportedStatus status,

        @NotNull(message = "must be given") @Schema(type = SchemaType.OBJECT, examples = "{\"pair\": \"BTC/USDT\"}")
        JsonText content) {}
