/** The snapshots that nobody asks for, and what is known of the newest one at the start. */
@NullMarked
package io.everstate.state.snapshot.schedule;

import org.jspecify.annotations.NullMarked;
