package io.everstate.recovery.plan;

import io.everstate.contracts.recovery.DisasterType;
import java.time.Duration;
import java.util.List;

/** @param estimated what it takes, by the plan's own account */
public record Plan(DisasterType type, Duration estimated, List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /** @param number 1 for the first */
    public Step step(int number) {
        return steps.get(number - 1);
    }
}
