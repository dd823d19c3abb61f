/** Prices as they happen: trades of an exchange as numbered bars, and what is done when the connection is not there. */
@NullMarked
package io.everstate.bot.live;

import org.jspecify.annotations.NullMarked;
