package io.everstate.backup.objectlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.backup.store.ObjectLock.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectLockConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(ObjectLockConfiguration.class, Map.of());

        assertThat(configuration.mode()).isEmpty();
        assertThat(configuration.days()).isEqualTo(30);
        assertThat(configuration.lookEvery()).isEqualTo("10s");
    }

    @Test
    void locksAsLongAsRetentionKeepsWhereNothingElseIsSaid() {
        var configuration = Defaults.of(
                ObjectLockConfiguration.class,
                Map.of("everstate.retention.days", "90", "everstate.object-lock.mode", "COMPLIANCE"));

        assertThat(configuration.days()).isEqualTo(90);
        assertThat(configuration.mode()).contains(Mode.COMPLIANCE);
    }

    @Test
    void refusesAModeThatThereIsNot() {
        assertThatThrownBy(() ->
                        Defaults.of(ObjectLockConfiguration.class, Map.of("everstate.object-lock.mode", "PERHAPS")))
                .hasMessageContaining("PERHAPS");
    }
}
