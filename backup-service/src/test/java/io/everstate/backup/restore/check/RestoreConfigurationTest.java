package io.everstate.backup.restore.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoreConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(RestoreConfiguration.class, Map.of());

        assertThat(configuration.maxEntries()).isEqualTo(2_000_000);
        assertThat(configuration.maxBytes().asLongValue()).isEqualTo(1L << 40);
        assertThat(configuration.maxRatio()).isEqualTo(500);
        assertThat(configuration.elsewhereRoot()).isEmpty();
        assertThat(configuration.rollbackFor()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.reserve().asLongValue()).isEqualTo(64L << 20);
    }
}
