package io.everstate.state.finding;

import java.util.List;

/** What a run of records showed, and what it ended. */
public record FoundInLog(List<Finding> found, List<Healing> healed) {
    public static final FoundInLog NOTHING = new FoundInLog(List.of(), List.of());
}
