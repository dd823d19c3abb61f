/** Sums over all bots. */
@NullMarked
package io.everstate.state.fleet;

import org.jspecify.annotations.NullMarked;
