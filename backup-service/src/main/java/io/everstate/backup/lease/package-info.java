/** Who may work on a workspace now, and the work that waits for it. */
@NullMarked
package io.everstate.backup.lease;

import org.jspecify.annotations.NullMarked;
