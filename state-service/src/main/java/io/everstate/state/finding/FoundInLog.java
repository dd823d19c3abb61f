package io.everstate.state.finding;

import java.util.List;

/**
 * What a run of records showed, and what it ended.
 *
 * @param replaced the trades of bots that the log goes on with by other events than were told
 */
public record FoundInLog(List<Finding> found, List<Healing> healed, List<ReplacedTrades> replaced) {
    public static final FoundInLog NOTHING = new FoundInLog(List.of(), List.of());

    public FoundInLog(List<Finding> found, List<Healing> healed) {
        this(found, healed, List.of());
    }
}
