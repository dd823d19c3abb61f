package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView.Due;
import io.everstate.state.health.look.Component;
import java.time.Instant;
import java.util.List;

/** What one look of this replica at everything but the bots came to. */
record Round(Instant at, List<Scored> components, Due nextBackup) {
    /** A component and its score. */
    record Scored(Component component, ComponentView view) {}

    boolean databaseAnswers() {
        return components.stream()
                .filter(scored -> scored.component().equals(Component.POSTGRESQL))
                .noneMatch(scored -> scored.view().score() == 0);
    }

    List<ComponentView> views() {
        return components.stream().map(Scored::view).toList();
    }
}
