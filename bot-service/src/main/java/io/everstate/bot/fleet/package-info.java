/** The bots as their operators see them: commands, lists, and this replica's life from start to stop. */
@NullMarked
package io.everstate.bot.fleet;

import org.jspecify.annotations.NullMarked;
