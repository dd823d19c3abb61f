/** What a plain fold of the log comes to, to be compared with what the service has stored. */
@NullMarked
package io.everstate.state.oracle;

import org.jspecify.annotations.NullMarked;
