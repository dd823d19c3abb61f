/** What the service finds when it starts: said once, written down, and gone on from whatever it is. */
@NullMarked
package io.everstate.state.restore.start;

import org.jspecify.annotations.NullMarked;
