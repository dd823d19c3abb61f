/** Bots that are not followed any more because a record of theirs is not understood: which they are, and how they go on. */
@NullMarked
package io.everstate.state.parking;

import org.jspecify.annotations.NullMarked;
