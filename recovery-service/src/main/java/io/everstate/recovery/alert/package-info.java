/** Messages for people, kept until the channel accepted them. */
@NullMarked
package io.everstate.recovery.alert;

import org.jspecify.annotations.NullMarked;
