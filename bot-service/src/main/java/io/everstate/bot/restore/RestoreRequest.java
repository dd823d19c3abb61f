package io.everstate.bot.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to go back to.
 *
 * @param sequence of a local checkpoint; absent = the newest before the present that verifies
 * @param symbol the one market to go back in; absent = all
 * @param state a whole state of this bot from elsewhere, instead of a local checkpoint
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestoreRequest(
        @Nullable @Min(value = 1, message = "must be the number of an event") @Schema(examples = "41")
        Long sequence,

        @Nullable @Schema(examples = "BTC/USD") String symbol,

        @Nullable @Schema(description = "a state as GET /api/v1/bots/{id} answers it")
        JsonNode state) {}
