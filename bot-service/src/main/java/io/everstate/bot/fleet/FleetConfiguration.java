package io.everstate.bot.fleet;

import io.everstate.contracts.bot.Amount;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Defaults for bots. */
@ConfigMapping(prefix = "everstate.fleet")
public interface FleetConfiguration {
    /** Fee of each fill when a bot's configuration names none, as a share of the notional. */
    @WithDefault("0.001")
    String feeRate();

    /**
     * Whether the fleet has a bot for triangular arbitrage from its first start on, stopped. A bot that is there stays when this is turned
     * off; one that was deleted is never made again.
     */
    @WithDefault("true")
    boolean defaultArbitrageBot();

    default Amount defaultFeeRate() {
        return Amount.of(feeRate());
    }
}
