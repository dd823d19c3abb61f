/** States of all bots at one cut of the log, kept in the database and validated. */
@NullMarked
package io.everstate.state.snapshot;

import org.jspecify.annotations.NullMarked;
