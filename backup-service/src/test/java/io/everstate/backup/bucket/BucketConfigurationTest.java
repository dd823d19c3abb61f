package io.everstate.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(BucketConfiguration.class, Map.of());

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofMinutes(10));
        assertThat(configuration.blockedFor()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void readsItsKeys() {
        var configuration = Defaults.of(
                BucketConfiguration.class,
                Map.of("everstate.catalogue.look-every", "1h", "everstate.catalogue.blocked-for", "5s"));

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.blockedFor()).isEqualTo(Duration.ofSeconds(5));
    }
}
