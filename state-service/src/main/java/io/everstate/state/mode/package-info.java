/** What the whole system may do now, as recovery-service says it. */
@NullMarked
package io.everstate.state.mode;

import org.jspecify.annotations.NullMarked;
