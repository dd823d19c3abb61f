package io.everstate.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanConfigTest {
    @Test
    void hasTheseDefaults() {
        var config = TestConfigurations.of(PlanConfig.class, Map.of());

        assertThat(config.services()).isEqualTo(List.of("bot-service", "state-service", "backup-service"));
        assertThat(config.stepPatience()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.validationPatience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsTheseProperties() {
        var config = TestConfigurations.of(
                PlanConfig.class,
                Map.ofEntries(
                        Map.entry("everstate.plans.services", "a"),
                        Map.entry("everstate.plans.step-patience", "PT1S"),
                        Map.entry("everstate.plans.validation-patience", "PT2S")));

        assertThat(config.services()).isEqualTo(List.of("a"));
        assertThat(config.stepPatience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.validationPatience()).isEqualTo(Duration.ofSeconds(2));
    }
}
