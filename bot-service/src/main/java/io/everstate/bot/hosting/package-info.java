/** The runs of the bots of this replica: who runs, bar by bar, and what goes into their checkpoints. */
@NullMarked
package io.everstate.bot.hosting;

import org.jspecify.annotations.NullMarked;
