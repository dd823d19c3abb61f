package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.bot.Amount;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetConfigurationTest {

    @Test
    void hasDefaults() {
        var configuration = SampleConfiguration.of(FleetConfiguration.class, Map.of());

        assertThat(configuration.defaultFeeRate()).isEqualTo(Amount.of("0.001"));
        assertThat(configuration.defaultArbitrageBot()).isTrue();
    }

    @Test
    void readsItsProperties() {
        var configuration = SampleConfiguration.of(
                FleetConfiguration.class,
                Map.of("everstate.fleet.fee-rate", "0.0025", "everstate.fleet.default-arbitrage-bot", "false"));

        assertThat(configuration.defaultFeeRate()).isEqualTo(Amount.of("0.0025"));
        assertThat(configuration.defaultArbitrageBot()).isFalse();
    }
}
