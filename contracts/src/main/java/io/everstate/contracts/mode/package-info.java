/** What the whole system may do now, as recovery-service says it. */
@NullMarked
package io.everstate.contracts.mode;

import org.jspecify.annotations.NullMarked;
