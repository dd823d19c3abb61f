package io.everstate.bot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.SampleConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageConfigurationTest {
    @Test
    void namesNoStorageByItself() {
        var configuration = of(Map.of());

        assertThat(configuration.endpoint()).isEmpty();
        assertThat(configuration.bucket()).isEqualTo("everstate-bots");
        assertThat(configuration.region()).isEqualTo("us-east-1");
        assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.callTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.transferTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.attempts()).isEqualTo(2);
        assertThat(Storage.of(configuration).configured()).isFalse();
    }

    @Test
    void takesItsSettings() {
        var configuration = of(Map.of(
                "everstate.storage.endpoint", "http://127.0.0.1:9000",
                "everstate.storage.access-key", "a",
                "everstate.storage.secret-key", "b",
                "everstate.storage.bucket", "c",
                "everstate.storage.region", "d",
                "everstate.storage.connect-timeout", "1S",
                "everstate.storage.call-timeout", "2S",
                "everstate.storage.transfer-timeout", "3S",
                "everstate.storage.attempts", "4"));

        assertThat(configuration.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
        assertThat(configuration.accessKey()).contains("a");
        assertThat(configuration.secretKey()).contains("b");
        assertThat(configuration.bucket()).isEqualTo("c");
        assertThat(configuration.region()).isEqualTo("d");
        assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.callTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.transferTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.attempts()).isEqualTo(4);
    }

    @Test
    void anEndpointWithoutItsKeysStopsTheStart() {
        var configuration =
                of(Map.of("everstate.storage.endpoint", "http://127.0.0.1:9000", "everstate.storage.access-key", "a"));

        assertThatThrownBy(() -> Storage.of(configuration))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("everstate.storage.secret-key");
    }

    private static StorageConfiguration of(Map<String, String> properties) {
        return SampleConfiguration.of(StorageConfiguration.class, properties);
    }
}
