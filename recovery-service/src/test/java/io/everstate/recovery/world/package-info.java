/** The rest of the suite, as recovery-service sees it, for tests. */
@NullMarked
package io.everstate.recovery.world;

import org.jspecify.annotations.NullMarked;
