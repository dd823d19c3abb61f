/** The projection under random commands that one seed decides: real replicas, with a group, a log, a database and a clock that fail. */
@NullMarked
package io.everstate.state.simulation;

import org.jspecify.annotations.NullMarked;
