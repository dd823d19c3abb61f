package io.everstate.contracts.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param disasters that are present now, known before or not; empty when all is well
 * @param warnings a sentence for each critical file that is broken and that no backup can mend; empty when there is none
 */
public record DisasterCheckView(Instant at, List<String> checked, List<DisasterView> disasters, List<String> warnings) {

    /** An older recovery-service sends no warnings. */
    public DisasterCheckView {
        warnings = listed(warnings);
    }

    public DisasterCheckView(Instant at, List<String> checked, List<DisasterView> disasters) {
        this(at, checked, disasters, List.of());
    }

    private static List<String> listed(@Nullable List<String> warnings) {
        return Objects.requireNonNullElse(warnings, List.of());
    }
}
