package io.everstate.backup.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(VerificationConfiguration.class, Map.of());

        assertThat(configuration.after()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.bandwidth().asLongValue()).isEqualTo(20 << 20);
        assertThat(configuration.lookEvery()).isEqualTo("1m");
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.progressEvery()).isEqualTo(Duration.ofSeconds(1));
    }
}
