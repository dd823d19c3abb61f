/** Waiting until what was asked for is folded, or stored, within a deadline. */
@NullMarked
package io.everstate.state.awaiting;

import org.jspecify.annotations.NullMarked;
