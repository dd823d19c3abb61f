/** Keeps processes alive: starts them, waits for their readiness, starts them again, and tells others how they are. */
@NullMarked
package io.everstate.cli.supervision;

import org.jspecify.annotations.NullMarked;
