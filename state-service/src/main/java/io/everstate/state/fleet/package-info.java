/** All bots together: what each is sorted, filtered and added up by, and the sums. */
@NullMarked
package io.everstate.state.fleet;

import org.jspecify.annotations.NullMarked;
