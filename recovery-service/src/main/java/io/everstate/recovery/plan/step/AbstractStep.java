package io.everstate.recovery.plan.step;

import io.everstate.recovery.plan.Step;
import java.time.Duration;

/** Name and patience. */
abstract class AbstractStep implements Step {
    private final String name;
    private final Duration patience;

    AbstractStep(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Duration patience() {
        return patience;
    }
}
