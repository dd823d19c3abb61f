/** The strategies and their catalogue. */
@NullMarked
package io.everstate.bot.strategy;

import org.jspecify.annotations.NullMarked;
