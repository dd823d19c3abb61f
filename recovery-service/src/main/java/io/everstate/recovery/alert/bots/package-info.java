/** Alerts about bots, from what bot-service says of them. */
@NullMarked
package io.everstate.recovery.alert.bots;

import org.jspecify.annotations.NullMarked;
