package io.everstate.state.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = TestConfiguration.of(DatabaseConfiguration.class, Map.of());

        assertThat(configuration.create()).isTrue();
        assertThat(configuration.maintenance()).isEqualTo("postgres");
        assertThat(configuration.url()).isEqualTo("jdbc:postgresql://127.0.0.1:15432/state");
        assertThat(configuration.username()).isEmpty();
        assertThat(configuration.password()).isEmpty();
    }

    @Test
    void takesWhatIsSet() {
        var configuration = TestConfiguration.of(
                DatabaseConfiguration.class,
                Map.of(
                        "everstate.database.create", "false",
                        "everstate.database.maintenance", "template1",
                        "everstate.database.url", "jdbc:postgresql://db:5432/states",
                        "everstate.database.username", "ada",
                        "everstate.database.password", "word"));

        assertThat(configuration.create()).isFalse();
        assertThat(configuration.maintenance()).isEqualTo("template1");
        assertThat(configuration.url()).isEqualTo("jdbc:postgresql://db:5432/states");
        assertThat(configuration.username()).contains("ada");
        assertThat(configuration.password()).contains("word");
    }
}
