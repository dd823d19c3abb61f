package io.everstate.recovery.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertConfigTest {
    @Test
    void hasTheseDefaults() {
        var config = TestConfigurations.of(AlertConfig.class, Map.of());

        assertThat(config.webhookUrl()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retryBase()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.retryMax()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.maxAttempts()).isEqualTo(300);
        assertThat(config.maxEventAge()).isEqualTo(Duration.ofDays(1));
        assertThat(config.findingsEvery()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsTheseProperties() {
        var config = TestConfigurations.of(
                AlertConfig.class,
                Map.ofEntries(
                        Map.entry("everstate.alerts.webhook-url", "http://chat.example/x"),
                        Map.entry("everstate.alerts.timeout", "PT3S"),
                        Map.entry("everstate.alerts.interval", "PT4S"),
                        Map.entry("everstate.alerts.retry-base", "PT6S"),
                        Map.entry("everstate.alerts.retry-max", "PT7S"),
                        Map.entry("everstate.alerts.max-attempts", "8"),
                        Map.entry("everstate.alerts.max-event-age", "PT9S"),
                        Map.entry("everstate.alerts.findings-every", "PT10S")));

        assertThat(config.webhookUrl()).hasToString("Optional[http://chat.example/x]");
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.retryBase()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.retryMax()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.maxAttempts()).isEqualTo(8);
        assertThat(config.maxEventAge()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.findingsEvery()).isEqualTo(Duration.ofSeconds(10));
    }
}
