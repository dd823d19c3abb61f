/** This replica's share of the fleet from the start of the process to its end, and the whole fleet as any replica sees it. */
@NullMarked
package io.everstate.bot.fleet;

import org.jspecify.annotations.NullMarked;
