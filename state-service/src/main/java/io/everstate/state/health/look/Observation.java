package io.everstate.state.health.look;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look found of one component.
 *
 * @param condition 1 when it works, 0.5 when it answers and says that something is wrong or when nobody can say, 0 when it does not answer
 * @param reason why it is below 1, going on from the component's name: "does not answer"
 * @param seen when it answered last, where somebody else knows that; null: now, if it answers
 * @param lag events that it is behind; null where that has no meaning or is not known
 */
public record Observation(
        Component component,
        double condition,
        @Nullable String reason,
        @Nullable Instant seen,
        @Nullable Long lag) {
    static final double WELL = 1;
    static final double IMPAIRED = 0.5;
    static final double AWAY = 0;

    static Observation well(Component component) {
        return new Observation(component, WELL, null, null, null);
    }

    static Observation impaired(Component component, String reason) {
        return new Observation(component, IMPAIRED, reason, null, null);
    }

    static Observation away(Component component, String reason) {
        return new Observation(component, AWAY, reason, null, null);
    }

    public boolean answers() {
        return condition > AWAY;
    }
}
