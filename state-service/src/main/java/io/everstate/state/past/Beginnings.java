package io.everstate.state.past;

import static java.util.Objects.requireNonNull;

import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.EarlierStates.Wanted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Where to go on from: earlier states at places of the log that is there now. One that was found to be of a lost end is not tried again. */
final class Beginnings {
    private final EarlierStates earlier;
    private final Set<UUID> lost = new HashSet<>();

    Beginnings(EarlierStates earlier) {
        this.earlier = earlier;
    }

    /**
     * What comes of the latest one whose place the log still has; the log's beginning is always one.
     *
     * @param attempt empty when the log does not have the place any more
     */
    <T> T latest(Wanted wanted, Function<EarlierState, Optional<T>> attempt) {
        while (true) {
            var from = earlier.latest(wanted.without(lost)).orElse(EarlierState.BEGIN);
            var result = attempt.apply(from);
            if (result.isPresent()) {
                return result.get();
            }
            lost.add(requireNonNull(from.snapshot()));
        }
    }
}
