package io.everstate.state.past;

import io.everstate.state.past.Past.Found;
import org.jspecify.annotations.Nullable;

/** What the records of one log say of a bot at an earlier place. */
public sealed interface Then {
    /** It was this. */
    record Was(Found found) implements Then {}

    /**
     * No event of it is so early.
     *
     * @param born whether its first event is in this log, or it was made later by what it says itself, so that there was no such bot; else an
     *     older log may have it
     */
    record NotYet(String why, boolean born) implements Then {}

    /**
     * Not all of the records are to be had.
     *
     * @param kept the newest state that was kept from before; null when there is none
     */
    record CutShort(@Nullable Found kept, String why) implements Then {}
}
