package io.everstate.bot.registry;

import io.everstate.contracts.bot.Amount;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Defaults for bots. */
@ConfigMapping(prefix = "everstate.fleet")
interface FleetConfiguration {
    /** Fee of each fill when a bot's configuration names none, as a share of the notional. */
    @WithDefault("0.001")
    String feeRate();

    default Amount defaultFeeRate() {
        return Amount.of(feeRate());
    }
}
