package io.everstate.bot.hosting;

import io.everstate.contracts.log.KnownState;
import java.util.List;
import java.util.Optional;

/** Knows states to which the log does not lead any more, because it was made anew or lost its end. */
@FunctionalInterface
public interface LostEnds {
    /** Of one partition, none as a rule; empty when nobody answers in time. May take seconds, and does not throw. */
    Optional<List<KnownState>> of(int partition);
}
