/** Which snapshots are kept, and why. */
@NullMarked
package io.everstate.state.snapshot.retention;

import org.jspecify.annotations.NullMarked;
