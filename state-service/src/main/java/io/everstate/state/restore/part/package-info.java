/** One bot's part in a restore: what it goes back to, and what is asked of its owner. */
@NullMarked
package io.everstate.state.restore.part;

import org.jspecify.annotations.NullMarked;
