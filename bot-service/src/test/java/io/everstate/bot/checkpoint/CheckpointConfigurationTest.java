package io.everstate.bot.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointConfigurationTest {

    @Test
    @Tag("PT2")
    void hasDefaults() {
        var configuration = SampleConfiguration.of(CheckpointConfiguration.class, Map.of());

        assertThat(configuration.directory()).isEqualTo(Path.of("checkpoints"));
        assertThat(configuration.kept()).isEqualTo(5);
        assertThat(configuration.interval()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    @Tag("PT6")
    void readsItsProperties() {
        var configuration = SampleConfiguration.of(
                CheckpointConfiguration.class,
                Map.of(
                        "everstate.checkpoint.directory", "/elsewhere",
                        "everstate.checkpoint.kept", "3",
                        "everstate.checkpoint.interval", "30S"));

        assertThat(configuration.directory()).isEqualTo(Path.of("/elsewhere"));
        assertThat(configuration.kept()).isEqualTo(3);
        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101"})
    void refusesToKeepNoneOrTooMany(String kept) {
        var configuration =
                SampleConfiguration.of(CheckpointConfiguration.class, Map.of("everstate.checkpoint.kept", kept));

        assertThat(SampleConfiguration.violations(CheckpointConfiguration.class, configuration, "kept"))
                .isNotEmpty();
    }
}
