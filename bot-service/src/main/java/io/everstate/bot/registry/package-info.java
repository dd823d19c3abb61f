/** The bots as operators see them: commands, lists, configurations. */
@NullMarked
package io.everstate.bot.registry;

import org.jspecify.annotations.NullMarked;
