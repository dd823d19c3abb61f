/** Lists of bots: which, in what order, and how they go on page by page. */
@NullMarked
package io.everstate.state.listing;

import org.jspecify.annotations.NullMarked;
