/** What bots were, from the best source that there is, and why no better one was possible. */
@NullMarked
package io.everstate.state.restore.point;

import org.jspecify.annotations.NullMarked;
