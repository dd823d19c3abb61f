package io.everstate.contracts.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ownership in which a state was a bot's newest one. Numbers tell which of two came later; the clocks of two owners do not.
 *
 * @param topicId of the log: another one of that name numbers its ownerships anew
 * @param epoch the ownership's number; two of one log have the same when it lost the first one's claim
 * @param owner the source of its records; null when that is not known
 */
public record KnownIn(String topicId, long epoch, @Nullable String owner) {

    /** Whether it comes behind another one; empty when that cannot be told. */
    public Optional<Boolean> isBehind(KnownIn other) {
        if (!topicId.equals(other.topicId)) {
            return Optional.empty();
        }
        if (epoch != other.epoch) {
            return Optional.of(epoch > other.epoch);
        }
        return owner == null || other.owner == null ? Optional.empty() : Optional.of(!owner.equals(other.owner));
    }
}
