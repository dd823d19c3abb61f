/** Makes the event log again from its segments in the bucket. */
@NullMarked
package io.everstate.backup.segments.rebuild;

import org.jspecify.annotations.NullMarked;
