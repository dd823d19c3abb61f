/** The bots of this replica: their commands, their runs, and the way to those of the other replicas. */
@NullMarked
package io.everstate.bot.fleet;

import org.jspecify.annotations.NullMarked;
