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

    List<ComponentView> views() {
        return components.stream().map(Scored::view).toList();
    }
}
