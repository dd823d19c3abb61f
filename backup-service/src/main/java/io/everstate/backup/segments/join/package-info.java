/** Small segments joined into larger ones, and the small ones removed when that is safe. */
@NullMarked
package io.everstate.backup.segments.join;

import org.jspecify.annotations.NullMarked;
