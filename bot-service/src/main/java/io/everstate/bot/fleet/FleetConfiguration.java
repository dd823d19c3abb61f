package io.everstate.bot.fleet;

import io.everstate.contracts.bot.Amount;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Defaults for bots, and how replicas ask each other. */
@ConfigMapping(prefix = "everstate.fleet")
interface FleetConfiguration {
    /** Fee of each fill when a bot's configuration names none, as a share of the notional. */
    @WithDefault("0.001")
    String feeRate();

    /** How long another replica may take to answer. Must be above the command deadline, or its answers are not waited for. */
    @WithDefault("5S")
    Duration peerTimeout();

    default Amount defaultFeeRate() {
        return Amount.of(feeRate());
    }
}
