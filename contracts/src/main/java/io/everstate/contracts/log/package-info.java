/** The event log: its records, how they look on the wire, and the one fold over them. */
@NullMarked
package io.everstate.contracts.log;

import org.jspecify.annotations.NullMarked;
