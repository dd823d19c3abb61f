/** The way of a caller's wish to the replica that owns the bot, and of what came of it back. */
@NullMarked
package io.everstate.bot.call;

import org.jspecify.annotations.NullMarked;
