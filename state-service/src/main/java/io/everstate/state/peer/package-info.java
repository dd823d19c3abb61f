/** bot-service, whose owners alone write events. */
@NullMarked
package io.everstate.state.peer;

import org.jspecify.annotations.NullMarked;
