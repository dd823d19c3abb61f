package io.everstate.recovery.plan;

import java.time.Duration;
import java.util.List;

/** The defaults, with other patience where a test wants it. */
public record TestPlanConfig(Duration stepPatience, Duration validationPatience) implements PlanConfig {
    public static final TestPlanConfig DEFAULTS = new TestPlanConfig(Duration.ofMinutes(5), Duration.ofSeconds(30));

    @Override
    public List<String> services() {
        return List.of("bot-service", "state-service", "backup-service");
    }
}
