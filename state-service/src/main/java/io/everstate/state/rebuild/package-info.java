/**
 * Folds the log a second time beside the first projection, compares the two bot by bot, and lets the second take the place of the first. What
 * is done is a row; whichever replica holds the lease does the next step of it.
 */
@NullMarked
package io.everstate.state.rebuild;

import org.jspecify.annotations.NullMarked;
