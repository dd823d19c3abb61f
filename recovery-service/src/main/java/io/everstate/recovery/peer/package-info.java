/** The other services as this one needs them. */
@NullMarked
package io.everstate.recovery.peer;

import org.jspecify.annotations.NullMarked;
