/** The system's runs and restarts, and its metrics by minute and hour. */
@NullMarked
package io.everstate.state.history;

import org.jspecify.annotations.NullMarked;
