package io.everstate.bot.configuration;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a new bot.
 *
 * @param restartPolicy RESUME when absent
 * @param labels by which bots are selected, as {@code env=prod}
 * @param slippageRate 0.0005 = every trade at a price that is 0.05 % worse; none when absent
 * @param limits stop-loss of a symbol, trades per hour, largest position; none when absent
 * @param maxDrawdown 0.2 = the bot stops in emergency when it lost 20 % of its highest value; no limit when absent
 */
public record CreateBotRequest(
        @NotBlank @Size(max = 100) @Schema(examples = "btc trend") @Nullable
        String name,

        @NotBlank @Schema(examples = "sma-cross") @Nullable String strategy,

        @NotEmpty @Size(max = 20) @Schema(examples = "[\"BTC/USD\"]") @Nullable
        List<@NotBlank String> symbols,

        @NotNull(message = "must be given") @Schema(examples = "10000")
        Amount initialBalance,

        @Schema(examples = "0.001") @Nullable Amount feeRate,
        @Nullable Map<@NotBlank String, @NotNull Amount> parameters,
        @Nullable RestartPolicy restartPolicy,
        @Schema(examples = "0.2") @Nullable Amount maxDrawdown,
        @Schema(examples = "{\"env\": \"prod\"}") @Nullable Map<@NotBlank String, @NotNull String> labels,
        @Schema(examples = "0.0005") @Nullable Amount slippageRate,

        @Schema(examples = "{\"stopLoss\": \"0.1\", \"maxTradesPerHour\": 30, \"maxPosition\": \"5000\"}") @Nullable
        RiskLimits limits) {}
