/** What state-service knows: one bot now and then, the system as a whole, its history. */
@NullMarked
package io.everstate.cli.state;

import org.jspecify.annotations.NullMarked;
