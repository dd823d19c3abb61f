package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageConfigurationTest {
    private static final Map<String, String> NEEDED = Map.of(
            "everstate.storage.endpoint", "http://127.0.0.1:19000",
            "everstate.storage.access-key", "access",
            "everstate.storage.secret-key", "secret");

    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(StorageConfiguration.class, NEEDED);

        assertThat(configuration.bucket()).isEqualTo("everstate");
        assertThat(configuration.region()).isEqualTo("us-east-1");
        assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.callTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(configuration.attempts()).isEqualTo(6);
        assertThat(configuration.retryFor()).isEqualTo(Duration.ofSeconds(9));
        assertThat(configuration.resumeFor()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.breakerFailures()).isEqualTo(10);
        assertThat(configuration.breakerDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.partSize().asLongValue()).isEqualTo(8 << 20);
        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.capacity()).isEmpty();
        assertThat(configuration.thresholds()).containsExactly(80, 90, 95);
        assertThat(configuration.watchEvery()).isEqualTo(Duration.ofMinutes(1));
    }

    /** A storage that is lost before it took anything is noticed within half a minute: at the worst when it hangs at the completion, which is then looked for. */
    @Test
    void givesUpWithinHalfAMinute() {
        var configuration = Defaults.of(StorageConfiguration.class, NEEDED);

        var lastTry = configuration.retryFor().plusSeconds(1);
        var completion = configuration.callTimeout().plusSeconds(1);
        var longest = lastTry.plus(completion).plus(completion);

        assertThat(longest).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest(name = "does not start without {0}")
    @ValueSource(
            strings = {"everstate.storage.endpoint", "everstate.storage.access-key", "everstate.storage.secret-key"})
    void namesWhatIsMissing(String key) {
        var keys = new HashMap<>(NEEDED);
        keys.remove(key);

        assertThatThrownBy(() -> Defaults.of(StorageConfiguration.class, keys)).hasMessageContaining(key);
    }
}
