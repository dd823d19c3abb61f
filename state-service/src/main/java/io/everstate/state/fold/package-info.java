/** One partition in memory and in the database: what a batch of records changes, and how it is kept together with its offset. */
@NullMarked
package io.everstate.state.fold;

import org.jspecify.annotations.NullMarked;
