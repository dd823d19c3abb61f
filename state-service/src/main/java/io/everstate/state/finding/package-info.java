/** What was found in the log that a person should know: written once, announced once, and healed where it can be. */
@NullMarked
package io.everstate.state.finding;

import org.jspecify.annotations.NullMarked;
