package io.everstate.bot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigurationTest {
    @Test
    void answersBeforeAHundredMillisecondsAndTriesOnForHalfAMinute() {
        var configuration = SampleConfiguration.of(IngestConfiguration.class, Map.of());

        assertThat(configuration.answerWithin()).isEqualTo(Duration.ofMillis(50));
        assertThat(configuration.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.most()).isEqualTo(1000);
        assertThat(configuration.mostOfOne()).isEqualTo(100);
        assertThat(configuration.mostUnknown()).isEqualTo(200);
        assertThat(configuration.mostUnknownOfOne()).isEqualTo(8);
    }

    @Test
    void takesItsSettings() {
        var configuration = SampleConfiguration.of(
                IngestConfiguration.class,
                Map.of(
                        "everstate.ingest.answer-within", "1S",
                        "everstate.ingest.patience", "2S",
                        "everstate.ingest.most", "3",
                        "everstate.ingest.most-of-one", "4",
                        "everstate.ingest.most-unknown", "5",
                        "everstate.ingest.most-unknown-of-one", "6"));

        assertThat(configuration.answerWithin()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.patience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.most()).isEqualTo(3);
        assertThat(configuration.mostOfOne()).isEqualTo(4);
        assertThat(configuration.mostUnknown()).isEqualTo(5);
        assertThat(configuration.mostUnknownOfOne()).isEqualTo(6);
    }
}
