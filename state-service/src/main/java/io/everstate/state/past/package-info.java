/** What bots were: earlier states and events, read from the log itself. */
@NullMarked
package io.everstate.state.past;

import org.jspecify.annotations.NullMarked;
