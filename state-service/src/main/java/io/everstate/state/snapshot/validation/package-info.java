/** Looks at stored snapshots and keeps what was found. */
@NullMarked
package io.everstate.state.snapshot.validation;

import org.jspecify.annotations.NullMarked;
