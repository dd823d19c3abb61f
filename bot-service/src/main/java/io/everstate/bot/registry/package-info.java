/** The bots as operators see them: commands, lists, what came of them. */
@NullMarked
package io.everstate.bot.registry;

import org.jspecify.annotations.NullMarked;
