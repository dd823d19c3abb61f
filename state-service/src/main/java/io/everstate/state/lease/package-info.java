/** Which replica does what only one may do. */
@NullMarked
package io.everstate.state.lease;

import org.jspecify.annotations.NullMarked;
