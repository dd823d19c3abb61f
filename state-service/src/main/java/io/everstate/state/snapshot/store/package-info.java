/** The stored snapshots: their rows, their contents, and single bots in them. */
@NullMarked
package io.everstate.state.snapshot.store;

import org.jspecify.annotations.NullMarked;
