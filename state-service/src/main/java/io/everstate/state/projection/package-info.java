/** Folds the bots' events into PostgreSQL, each batch together with its offsets. */
@NullMarked
package io.everstate.state.projection;

import org.jspecify.annotations.NullMarked;
