package io.everstate.bot.registry;

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
    }

    @Test
    void readsItsProperties() {
        var configuration =
                SampleConfiguration.of(FleetConfiguration.class, Map.of("everstate.fleet.fee-rate", "0.0025"));

        assertThat(configuration.defaultFeeRate()).isEqualTo(Amount.of("0.0025"));
    }
}
