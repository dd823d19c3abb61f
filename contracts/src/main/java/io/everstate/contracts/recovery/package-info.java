/** What recovery-service tells others. */
@NullMarked
package io.everstate.contracts.recovery;

import org.jspecify.annotations.NullMarked;
