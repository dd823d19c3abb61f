package io.everstate.state.fold;

import java.time.Instant;

/**
 * The log is not the one that was folded before: it was made anew, or lost its end. It is folded from its start, behind the states that are
 * known.
 *
 * @param to where the log ended when that was found: up to there it is seen what was lost
 */
public record FoldedAnew(long to, Instant since) {}
