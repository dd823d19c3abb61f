package io.everstate.bot.external;

import io.everstate.contracts.bot.BotId;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a bot that runs elsewhere.
 *
 * @param system that runs it; the word is free
 * @param labels by which bots are selected
 * @param dependsOn the bots that it needs
 */
record ExternalBotRequest(
        @NotBlank @Size(max = 100) @Schema(examples = "freqtrade at home") @Nullable
        String name,

        @NotBlank @Size(max = 50) @Schema(examples = "freqtrade") @Nullable
        String system,

        @Schema(examples = "{\"env\": \"prod\"}") @Nullable Map<@NotBlank String, @NotNull String> labels,
        @Nullable List<@NotNull BotId> dependsOn) {}
