package io.everstate.recovery.plan;

/** What a step answers after having gone on a little. */
public sealed interface Progress {
    /** Call again at once, after this was stored. */
    record Again(Memory memory) implements Progress {}

    /** Call again later: somebody else has to finish something. */
    record Wait(String forWhat) implements Progress {}

    /** @param outcome in words: what was done, or why nothing had to be */
    record Done(String outcome, Memory memory) implements Progress {}

    /** It cannot succeed, however often it is tried. */
    record Impossible(String reason) implements Progress {}
}
