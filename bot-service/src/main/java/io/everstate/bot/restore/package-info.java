/** Going back to what a bot was: its local checkpoints, and restores from them. */
@NullMarked
package io.everstate.bot.restore;

import org.jspecify.annotations.NullMarked;
