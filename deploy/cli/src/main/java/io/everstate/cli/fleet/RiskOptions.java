package io.everstate.cli.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.RiskLimits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Slippage, and how far a bot may go in each of its markets. */
final class RiskOptions {
    @Option(
            names = "--slippage-rate",
            description = "0.0005 = every trade at a price that is 0.05 %% worse",
            converter = AmountConverter.class)
    private @Nullable Amount slippageRate;

    @Option(
            names = "--stop-loss",
            description = "0.1 = sell a symbol that lost 10 %% of its highest value, and buy no more of it",
            converter = AmountConverter.class)
    private @Nullable Amount stopLoss;

    @Option(
            names = "--max-trades-per-hour",
            description = "in one symbol, in the market's time; then nothing is bought")
    private @Nullable Integer maxTradesPerHour;

    @Option(
            names = "--max-position",
            description = "largest value of one symbol's position after a purchase",
            converter = AmountConverter.class)
    private @Nullable Amount maxPosition;

    @Option(names = "--no-limits", description = "none of the limits before")
    private boolean noLimits;

    Amount slippageRate(Amount saved) {
        return Objects.requireNonNullElse(slippageRate, saved);
    }

    /** What is not named stays as saved. */
    RiskLimits limits(RiskLimits saved) {
        RiskLimits before = noLimits ? RiskLimits.NONE : saved;
        return new RiskLimits(
                stopLoss == null ? before.stopLoss() : stopLoss,
                maxTradesPerHour == null ? before.maxTradesPerHour() : maxTradesPerHour,
                maxPosition == null ? before.maxPosition() : maxPosition);
    }
}
