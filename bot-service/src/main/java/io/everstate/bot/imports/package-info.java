/** Bots with a past elsewhere. */
@NullMarked
package io.everstate.bot.imports;

import org.jspecify.annotations.NullMarked;
