package io.everstate.bot.configuration;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a bot shall be from now on, as a whole: what is absent has its default afterwards.
 *
 * @param symbols must be the saved ones, if given
 * @param labels by which bots are selected
 * @param initialBalance another one than the saved is warned of, and the saved one stays
 */
record ConfigureBotRequest(
        @NotBlank @Size(max = 100) @Schema(examples = "btc trend") @Nullable
        String name,

        @NotBlank @Schema(examples = "sma-cross") @Nullable String strategy,
        @Nullable List<@NotBlank String> symbols,
        @Nullable Amount initialBalance,
        @Nullable Amount feeRate,
        @Nullable Map<@NotBlank String, @NotNull Amount> parameters,
        @Nullable RestartPolicy restartPolicy,
        @Nullable Amount maxDrawdown,
        @Nullable Map<@NotBlank String, @NotNull String> labels,
        @Schema(examples = "0.0005") @Nullable Amount slippageRate,

        @Schema(examples = "{\"stopLoss\": \"0.1\", \"maxTradesPerHour\": 30, \"maxPosition\": \"5000\"}") @Nullable
        RiskLimits limits) {}
