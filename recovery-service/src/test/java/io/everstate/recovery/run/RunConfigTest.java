package io.everstate.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunConfigTest {
    @Test
    void hasTheseDefaults() {
        var config = TestConfigurations.of(RunConfig.class, Map.of("quarkus.http.port", "8084", "HOSTNAME", "machine"));

        assertThat(config.owner()).isEqualTo("machine:8084");
        assertThat(config.interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.leaseExpiry()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.coolDown()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.maxFailures()).isEqualTo(30);
        assertThat(config.retryBase()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.retryMax()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readsTheseProperties() {
        var config = TestConfigurations.of(
                RunConfig.class,
                Map.ofEntries(
                        Map.entry("everstate.runs.owner", "me"),
                        Map.entry("everstate.runs.interval", "PT1S"),
                        Map.entry("everstate.runs.lease-expiry", "PT2S"),
                        Map.entry("everstate.runs.cool-down", "PT3S"),
                        Map.entry("everstate.runs.max-failures", "4"),
                        Map.entry("everstate.runs.retry-base", "PT5S"),
                        Map.entry("everstate.runs.retry-max", "PT6S")));

        assertThat(config.owner()).isEqualTo("me");
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.leaseExpiry()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.coolDown()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.maxFailures()).isEqualTo(4);
        assertThat(config.retryBase()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retryMax()).isEqualTo(Duration.ofSeconds(6));
    }
}
