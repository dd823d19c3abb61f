/** The log's records as backup-service has archived them, for who wants what the log itself does not hold any more. */
@NullMarked
package io.everstate.state.archive;

import org.jspecify.annotations.NullMarked;
