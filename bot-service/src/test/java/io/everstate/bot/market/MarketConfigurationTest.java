package io.everstate.bot.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketConfigurationTest {

    @Test
    void hasDefaults() {
        var configuration = configuration(Map.of());

        assertThat(configuration.speed()).isEqualTo(20);
        assertThat(configuration.barDuration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.repeat()).isTrue();
        assertThat(configuration.simulatedCross()).isTrue();
    }

    @Test
    void readsItsProperties() {
        var configuration = configuration(Map.of(
                "everstate.market.speed", "0.5",
                "everstate.market.bar-duration", "PT5M",
                "everstate.market.repeat", "false"));

        assertThat(configuration.speed()).isEqualTo(0.5);
        assertThat(configuration.barDuration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.repeat()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "0.009", "-1", "1000.1", "NaN"})
    void refusesASpeedBeyondItsLimits(String speed) throws NoSuchMethodException {
        var configuration = configuration(Map.of("everstate.market.speed", speed));

        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var violations = factory.getValidator()
                    .forExecutables()
                    .validateReturnValue(
                            configuration, MarketConfiguration.class.getMethod("speed"), configuration.speed());
            assertThat(violations).isNotEmpty();
        }
    }

    private static MarketConfiguration configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(MarketConfiguration.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(MarketConfiguration.class);
    }
}
