/** A bot: its state, the events that change it, the commands that ask for one. */
@NullMarked
package io.everstate.contracts.bot;

import org.jspecify.annotations.NullMarked;
