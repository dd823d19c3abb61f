/** Makes good what is missing of a bot: asks its owner for a checkpoint, which carries all of it. */
@NullMarked
package io.everstate.state.healing;

import org.jspecify.annotations.NullMarked;
