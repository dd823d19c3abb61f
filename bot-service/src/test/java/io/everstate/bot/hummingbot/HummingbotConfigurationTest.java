package io.everstate.bot.hummingbot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HummingbotConfigurationTest {
    @Test
    void isOffUnlessABrokerIsNamed() {
        var configuration = SampleConfiguration.of(HummingbotConfiguration.class, Map.of());

        assertThat(configuration.broker()).isEmpty();
        assertThat(configuration.user()).isEmpty();
        assertThat(configuration.password()).isEmpty();
        assertThat(configuration.namespace()).isEqualTo("hbot");
        assertThat(configuration.instances()).isEmpty();
    }

    @Test
    void takesItsSettings() {
        var configuration = SampleConfiguration.of(
                HummingbotConfiguration.class,
                Map.of(
                        "everstate.hummingbot.broker", "tcp://127.0.0.1:1883",
                        "everstate.hummingbot.user", "u",
                        "everstate.hummingbot.password", "p",
                        "everstate.hummingbot.namespace", "n",
                        "everstate.hummingbot.instances.a1b2", "some-bot"));

        assertThat(configuration.broker()).contains(URI.create("tcp://127.0.0.1:1883"));
        assertThat(configuration.user()).contains("u");
        assertThat(configuration.password()).contains("p");
        assertThat(configuration.namespace()).isEqualTo("n");
        assertThat(configuration.instances()).containsExactly(Map.entry("a1b2", "some-bot"));
    }
}
