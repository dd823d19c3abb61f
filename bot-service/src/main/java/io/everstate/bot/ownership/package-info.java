/** Who may write a partition's events, and how an event comes to count: append, read back, fold. */
@NullMarked
package io.everstate.bot.ownership;

import org.jspecify.annotations.NullMarked;
