package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipConfigurationTest {

    @Test
    void hasDefaults() {
        var configuration = configuration(Map.of("HOSTNAME", "here"));

        assertThat(configuration.bootstrapServers()).isEqualTo("127.0.0.1:1");
        assertThat(configuration.instance()).isEqualTo("here-8081");
        assertThat(configuration.advertisedAddress()).isEqualTo("http://127.0.0.1:8081");
        assertThat(configuration.partitions()).isEqualTo(12);
        assertThat(configuration.replicationFactor()).isEqualTo((short) 1);
        assertThat(configuration.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(configuration.commandDeadline()).isEqualTo(Duration.ofMillis(4500));
        assertThat(configuration.appendDeadline()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void readsItsProperties() {
        var configuration = configuration(Map.of(
                "everstate.ownership.bootstrap-servers", "log:9092",
                "everstate.ownership.instance", "bot-service-2",
                "everstate.ownership.advertised-address", "http://bot-service-2:8081",
                "everstate.ownership.partitions", "48",
                "everstate.ownership.replication-factor", "3",
                "everstate.ownership.session-timeout", "10S",
                "everstate.ownership.command-deadline", "2S",
                "everstate.ownership.append-deadline", "1S"));

        assertThat(configuration.bootstrapServers()).isEqualTo("log:9092");
        assertThat(configuration.instance()).isEqualTo("bot-service-2");
        assertThat(configuration.advertisedAddress()).isEqualTo("http://bot-service-2:8081");
        assertThat(configuration.partitions()).isEqualTo(48);
        assertThat(configuration.replicationFactor()).isEqualTo((short) 3);
        assertThat(configuration.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.commandDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.appendDeadline()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"partitions, 0, partitions", "partitions, 1001, partitions", "replication-factor, 0, replicationFactor"
    })
    void refusesWhatIsBeyondTheLimits(String key, String value, String method) {
        var configuration = configuration(Map.of("everstate.ownership." + key, value));

        assertThat(SampleConfiguration.violations(OwnershipConfiguration.class, configuration, method))
                .isNotEmpty();
    }

    private static OwnershipConfiguration configuration(Map<String, String> properties) {
        return SampleConfiguration.of(OwnershipConfiguration.class, properties);
    }
}
